/**
 * Where a list goes on, by the header Link (OCI distribution-spec, "Listing tags"; RFC 8288).
 * @param url of this page @returns undefined on the last one
 */
export function nextPage(url: string, link: string | undefined): string | undefined {
  const target = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? '')?.[1];
  if (target === undefined || !URL.canParse(target, url)) return undefined;
  const { pathname, search } = new URL(target, url);
  // The page of another host would be asked for without the login.
  const next = new URL(`${pathname}${search}`, url);
  return next.toString() === url ? undefined : next.toString();
}
