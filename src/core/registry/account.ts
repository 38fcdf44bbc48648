/** Who logs in to a registry, as a service connection says; holds secrets. */
export type RegistryAccount = PasswordAccount | FederatedAccount;

interface AccountBase {
  /** The connection's id, as the agent hands it over. */
  readonly connection: string;
  /** Host and port; docker.io for Docker Hub. */
  readonly registry: string;
}

export interface PasswordAccount extends AccountBase {
  readonly kind: 'password';
  readonly username: string;
  readonly password: string;
}

/** An identity in Entra that trusts the connection: no secret is kept, a short-lived token is asked for each time. */
export interface FederatedAccount extends AccountBase {
  readonly kind: 'federated';
  readonly tenant: string;
  readonly clientId: string;
  /** Of Entra, e.g. https://login.microsoftonline.com. */
  readonly authority: string;
  /** What the token is for, e.g. https://management.core.windows.net/. */
  readonly resource: string;
}
