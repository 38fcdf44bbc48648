import { type Reading, fault, kindOf } from './reading.ts';

const units: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** Bytes of `512m`, `1.5 GiB`, `64` or -1; units are powers of 1024 (docker/go-units, RAMInBytes). */
export function readBytes(input: unknown): Reading<number> {
  // Docker takes a number with a fraction for none at all.
  if (typeof input === 'number') return { value: Number.isInteger(input) ? input : 0 };
  const text = typeof input === 'string' ? input : '';
  if (/^[-+]?\d+$/.test(text)) return { value: Number(text) };
  const found = /^([+]?(?:\d+\.?\d*|\.\d+)) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(
    text.replace(/(?<=\d)_(?=\d)/g, ''),
  );
  if (found === null) {
    return fault(`expected a size, found ${kindOf(input)}.`, 'Write it like 512m or 1gb.');
  }
  const [, amount, unit = ''] = found;
  return { value: Math.trunc(Number(amount) * 1024 ** (units[unit.toLowerCase()] ?? 0)) };
}
