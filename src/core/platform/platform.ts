import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';

/** An operating system and a machine, normalised as containerd does (containerd/platforms, database.go). */
export interface Platform {
  /** e.g. linux. */
  readonly os: string;
  /** e.g. amd64, arm64, arm. */
  readonly architecture: string;
  /** e.g. v7 of linux/arm/v7; '' for the architecture's ordinary one. */
  readonly variant: string;
}

const operatingSystems = ['linux', 'windows', 'darwin', 'freebsd', 'netbsd', 'openbsd', 'wasi'];

const architectures = [
  ...['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x', 'riscv64', 'loong64'],
  ...['mips', 'mipsle', 'mips64', 'mips64le', 'ppc64', 'wasm'],
];

/** Other names of an architecture, some of which name a variant as well. */
const aliases: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  i386: '386',
  aarch64: 'arm64',
  armhf: 'arm/v7',
  armel: 'arm/v6',
};

/** The variant that is meant when none is written; it is left out of the normal form, but for arm. */
const ordinaryVariants: Readonly<Record<string, string>> = { amd64: 'v1', arm64: 'v8' };

/** `os/architecture[/variant]`, or an architecture alone, which means linux. Undefined when unknown. */
export function parsePlatform(text: string): Platform | undefined {
  const [first = '', ...rest] = text.trim().toLowerCase().split('/');
  const os = first === 'macos' ? 'darwin' : first;
  return operatingSystems.includes(os) ? onSystem(os, rest) : onSystem('linux', [first, ...rest]);
}

function onSystem(os: string, parts: readonly string[]): Platform | undefined {
  const [name = '', ...more] = parts;
  const [architecture = '', ...named] = (aliases[name] ?? name).split('/');
  const variants = [...more, ...named];
  if (!architectures.includes(architecture) || variants.length > 1) return undefined;
  const variant = normalVariant(architecture, variants[0]);
  return variant === undefined ? undefined : { os, architecture, variant };
}

function normalVariant(architecture: string, written: string | undefined): string | undefined {
  if (written === undefined) return architecture === 'arm' ? 'v7' : '';
  const variant = /^\d/.test(written) ? `v${written}` : written;
  if (!/^v\d+(\.\d+)?$/.test(variant)) return undefined;
  return variant === ordinaryVariants[architecture] ? '' : variant;
}

/** The text BuildKit, registries and `docker inspect` use, e.g. linux/arm/v7. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== '').join('/');
}

/** For names of files and tags, where `/` has a meaning of its own: `linux-arm64`. */
export function platformSlug(platform: Platform): string {
  return formatPlatform(platform).replaceAll('/', '-');
}

export function samePlatform(one: Platform, other: Platform): boolean {
  return formatPlatform(one) === formatPlatform(other);
}

/** The platforms of an input, commas or lines between them, each once; every unknown one is a problem. */
export function parsePlatforms(where: string, text: string): Parsed<readonly Platform[]> {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const results = words.map((word) => readPlatform(where, word));
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  const found = results.flatMap((result) => (result.ok ? [result.value] : []));
  return parsed(found.filter((one, at) => found.findIndex((o) => samePlatform(o, one)) === at));
}

function readPlatform(where: string, word: string): Parsed<Platform> {
  const platform = parsePlatform(word);
  if (platform !== undefined) return parsed(platform);
  return rejected({
    where,
    what: `Expected platforms like linux/amd64 or linux/arm64, found "${word}".`,
    change: `Known architectures are ${architectures.slice(0, 8).join(', ')}.`,
  });
}
