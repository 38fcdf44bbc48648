/** How to reach one URL from this agent. */
export interface NetworkRoute {
  /** URL of the proxy, user and password in it; undefined for a direct connection. */
  readonly proxy: string | undefined;
  /** PEM text of an authority that counts beside the usual ones. */
  readonly ca: string | undefined;
  /** False: any certificate is taken, as the agent was configured; the file's digest still counts. */
  readonly checkCertificates: boolean;
  /** The name that the certificate must be for; absent: the host of the URL. */
  readonly serverName?: string;
}

/** @throws when the agent's CA file cannot be read */
export type FindRoute = (url: string) => Promise<NetworkRoute>;

/** A proxy's own loopback is another host's, so it is never asked for this one's. */
export function proxyFor(url: string, { proxy }: NetworkRoute): string | undefined {
  return /^\w+:\/\/(127\.|localhost[:/]|\[::1\])/.test(url) ? undefined : proxy;
}
