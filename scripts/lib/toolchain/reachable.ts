/** How long we wait for a host that may not exist on this network, in ms. */
const limit = 5_000;

/** True when the host answers over HTTP at all, whatever its status, within 5 s. */
export async function isReachable(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(limit) });
    return true;
  } catch {
    return false;
  }
}
