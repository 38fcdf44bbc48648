const hex = '[0-9a-f]{64}';
/** The referrers tag schema (OCI distribution-spec, "Unavailable Referrers API"), and cosign's tags, which have a suffix. */
const pattern = new RegExp(`^sha256-(${hex})(?:\\.(?:sig|att|sbom))?$`);

/** The digest of the image that a tag says something about; undefined for every other tag. */
export function companionSubject(tag: string): string | undefined {
  const digits = pattern.exec(tag)?.[1];
  return digits === undefined ? undefined : `sha256:${digits}`;
}
