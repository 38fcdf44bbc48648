const signature = '89504e470d0a1a0a';

/** Width and height of a PNG, such as `32x32`; undefined when it is none. PNG specification, 11.2.2 IHDR. */
export function pngSize(content: Uint8Array): string | undefined {
  const bytes = Buffer.from(content);
  if (bytes.length < 24 || bytes.toString('hex', 0, 8) !== signature) return undefined;
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}
