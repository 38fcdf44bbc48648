/** Which run the tab is about. */
export interface RunAddress {
  /** Of the collection, e.g. `https://dev.azure.com/contoso/`. */
  readonly collection: string;
  /** The project's id. */
  readonly project: string;
  readonly build: number;
}

/** The page of Azure DevOps that the tab is in. */
export interface TabHost {
  /** @throws Error that says what the page did not tell */
  run(): Promise<RunAddress>;
  /** Of the user who looks, for the scopes of the extension. */
  token(): Promise<string>;
  /** Ends the page's spinner. */
  loaded(): void;
  /** Ends it with a message. */
  failed(message: string): void;
  /** Gives the tab the height that its content has now. */
  resize(): void;
}
