/** The clouds of Azure: where registries live and who issues tokens for them (learn.microsoft.com, "Azure sovereign clouds"). */
const clouds = [
  { suffix: '.azurecr.io', authority: 'https://login.microsoftonline.com' },
  { suffix: '.azurecr.us', authority: 'https://login.microsoftonline.us' },
  { suffix: '.azurecr.cn', authority: 'https://login.partner.microsoftonline.cn' },
];

export const defaultResource = 'https://management.core.windows.net/';

/**
 * Who issues tokens for a registry; undefined for a host that is none of Azure's, which must not be sent one.
 * @param trusted hosts that the pipeline itself vouches for, each `registry` or `registry=authority URL`
 */
export function authorityOf(registry: string, trusted: readonly string[]): string | undefined {
  const cloud = clouds.find(({ suffix }) => registry.endsWith(suffix));
  if (cloud !== undefined) return cloud.authority;
  const entry = trusted.find((one) => one.split('=')[0] === registry);
  if (entry === undefined) return undefined;
  return entry.split('=')[1]?.replace(/\/+$/, '') ?? clouds[0]?.authority;
}
