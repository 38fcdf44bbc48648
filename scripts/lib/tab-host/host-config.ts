/** What the mock of Azure DevOps' web host tells its page. */
export interface HostConfig {
  /** Of the tab's page, on another origin, as the Marketplace's files are. */
  readonly tab: string;
  /** Of the collection. */
  readonly collection: string;
  readonly project: string;
  readonly build: number;
  readonly token: string;
  /** Names of variables without dashes in front, as the host sends them; none: a host without themes. */
  readonly theme: Readonly<Record<string, string>> | undefined;
  /** Where the tab learns of its run: the page's service, or the older configuration. */
  readonly tells: 'service' | 'configuration' | 'nothing';
  /** Whether the frame may use the clipboard. */
  readonly mayCopy: boolean;
}
