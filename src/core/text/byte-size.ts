const powers: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 };

/** Bytes of a size such as `500MB` (decimal), `1.5 GiB` (binary) or `1000`; undefined when it is none. */
export function parseByteSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?([kmgt]?)(i?)b?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, number = '', unit = '', binary = ''] = match;
  if (unit === '' && binary !== '') return undefined;
  const base = binary === '' ? 1000 : 1024;
  return Math.round(Number(number) * base ** (powers[unit.toLowerCase()] ?? 0));
}
