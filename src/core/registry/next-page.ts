/**
 * Where a list goes on, by the header Link (OCI distribution-spec, "Listing tags"; RFC 8288).
 * @param url of this page @returns undefined on the last one
 */
export function nextPage(url: string, link: string | undefined): string | undefined {
  const target = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? '')?.[1];
  if (target === undefined || !URL.canParse(target, url)) return undefined;
  const next = new URL(target, url);
  // A page of another host would be asked for without the login, or with it by mistake.
  next.host = new URL(url).host;
  next.protocol = new URL(url).protocol;
  return next.toString() === url ? undefined : next.toString();
}
