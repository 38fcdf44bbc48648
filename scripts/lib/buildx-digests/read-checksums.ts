/** The digests (SHA-256, hex) of the Linux binaries we install, by file name, from a release's checksums.txt. */
export function readChecksums(text: string): Readonly<Record<string, string>> {
  const lines = text.matchAll(/^([0-9a-f]{64}) [ *](buildx-v\S+\.linux-(?:amd64|arm64))$/gm);
  return Object.fromEntries([...lines].map(([, digest = '', file = '']) => [file, digest]));
}
