import type { ServiceConnection } from '../../src/ports/task-host.ts';

/** A Docker registry service connection; names of parameters and data in any case, as the agent takes them. */
export function connection(
  id: string,
  scheme: string,
  parameters: Readonly<Record<string, string>>,
  data: Readonly<Record<string, string>> = {},
): ServiceConnection {
  const lookUp = (values: Readonly<Record<string, string>>, name: string): string | undefined =>
    Object.entries(values).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return {
    id,
    url: 'https://hub.docker.com/',
    scheme,
    parameter: (name) => lookUp(parameters, name),
    data: (name) => lookUp(data, name),
  };
}

const azure = { registrytype: 'ACR' };

/** User name and password. */
export const basicConnection = connection('c1', 'UsernamePassword', {
  registry: 'https://my.azurecr.io',
  username: 'ci',
  password: 'pw1',
});

export const principalConnection = connection(
  'c-principal',
  'ServicePrincipal',
  { loginServer: 'Shop.azurecr.io', serviceprincipalid: 'app', serviceprincipalkey: 'key1' },
  azure,
);

export const federatedConnection = connection(
  'c-federated',
  'WorkloadIdentityFederation',
  { loginServer: 'shop.azurecr.io', serviceprincipalid: 'app', tenantid: 't-1' },
  { ...azure, activeDirectoryServiceEndpointResourceId: 'https://management.core.windows.net/' },
);

/** How the agent hands over the job's own token. */
export const jobConnection = connection('SYSTEMVSSCONNECTION', 'OAuth', { AccessToken: 'job-tok' });
