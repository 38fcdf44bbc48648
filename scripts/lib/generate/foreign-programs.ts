import type { GeneratedFile } from './generated-file.ts';

/** A machine's program: writes what is appended to it, then ends with 0. */
interface Machine {
  /** As platforms name it. */
  readonly name: string;
  /** e_machine and e_flags (elf(5)). */
  readonly machine: number;
  readonly flags: number;
  readonly bits: 32 | 64;
  /** write(1, text, length); exit(0). The text follows. */
  readonly code: (length: number) => readonly number[];
}

/** In 32-bit words, but amd64's code in bytes. */
const machines: readonly Machine[] = [
  {
    name: 'arm64',
    machine: 0xb7,
    flags: 0,
    bits: 64,
    code: (length) => [
      ...words(0xd2800020, 0x100000e1, 0xd2800002 + length * 32, 0xd2800808, 0xd4000001),
      ...words(0xd2800000, 0xd2800ba8, 0xd4000001),
    ],
  },
  {
    name: 'arm',
    machine: 0x28,
    flags: 0x5000200,
    bits: 32,
    code: (length) => [
      ...words(0xe3a00001, 0xe28f1014, 0xe3a02000 + length, 0xe3a07004, 0xef000000),
      ...words(0xe3a00000, 0xe3a07001, 0xef000000),
    ],
  },
  {
    name: 'amd64',
    machine: 0x3e,
    flags: 0,
    bits: 64,
    code: (length) => [
      ...[0xb8, 1, 0, 0, 0, 0xbf, 1, 0, 0, 0, 0x48, 0x8d, 0x35, 0x10, 0, 0, 0],
      ...[0xba, length, 0, 0, 0, 0x0f, 0x05, 0xb8, 60, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05],
    ],
  },
];

/** The smallest programs that tell whether a machine runs those of an architecture: no image, no library. */
export function foreignPrograms(): readonly GeneratedFile[] {
  return machines.map((machine) => ({
    path: `deploy/chart/files/programs/${machine.name}`,
    content: program(machine),
  }));
}

function program({ name, machine, flags, bits, code }: Machine): Uint8Array {
  const text = Buffer.from(`runs ${name}\n`);
  const body = Buffer.concat([Buffer.from(code(text.length)), text]);
  const isWide = bits === 64;
  const headers = isWide ? 64 + 56 : 52 + 32;
  const base = isWide ? 0x400000 : 0x10000;
  const size = headers + body.length;
  const address = (value: number): number[] => words(...(isWide ? [value, 0] : [value]));
  const identity = [0x7f, 0x45, 0x4c, 0x46, isWide ? 2 : 1, 1, 1, ...Array<number>(9).fill(0)];
  const header = [
    ...[...identity, ...halves(2, machine), ...words(1), ...address(base + headers)],
    ...[...address(isWide ? 64 : 52), ...address(0), ...words(flags)],
    ...halves(isWide ? 64 : 52, isWide ? 56 : 32, 1, 0, 0, 0),
  ];
  // One segment: everything, to read and to execute (5), aligned to 64 KiB.
  const place = [...address(0), ...address(base), ...address(base)];
  const sizes = [...address(size), ...address(size)];
  const segment = isWide
    ? [...words(1, 5), ...place, ...sizes, ...address(0x10000)]
    : [...words(1), ...place, ...sizes, ...words(5), ...address(0x10000)];
  return Buffer.concat([Buffer.from([...header, ...segment]), body]);
}

function words(...values: readonly number[]): number[] {
  return values.flatMap((value) => [value, value >>> 8, value >>> 16, value >>> 24].map(byte));
}

function halves(...values: readonly number[]): number[] {
  return values.flatMap((value) => [value, value >>> 8].map(byte));
}

function byte(value: number): number {
  return value & 0xff;
}
