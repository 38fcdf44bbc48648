import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { formatPlatform, parsePlatforms } from '../platform/platform.ts';
import type { Address } from './endpoint.ts';
import { parseAddress } from './parse-address.ts';

/** One line of `endpoints`: `URL [name=NAME] [platforms=linux/amd64,linux/arm64]`. */
export interface EndpointLine {
  readonly address: Address;
  /** What the replica is called; only for a single daemon. */
  readonly name?: string;
  /** For which platforms builds go there, sorted; empty when not told. */
  readonly platforms: readonly string[];
}

/** @param where the input that problems name */
export function parseEndpointLine(where: string, line: string): Parsed<EndpointLine> {
  const [url = '', ...options] = line.trim().split(/\s+/);
  const address = parseAddress(url);
  const name = optionOf('name', options);
  const platforms = parsePlatforms(where, optionOf('platforms', options) ?? '');
  const problems = [
    ...problemsOf([address, platforms]),
    ...options.flatMap((option) => unknownOption(option, line)),
    ...(address.ok && name !== undefined ? nameProblems(name, address.value, line) : []),
  ];
  if (!address.ok || !platforms.ok || problems.length > 0) {
    return rejected(...problems.map((problem) => ({ ...problem, where })));
  }
  return parsed({
    address: address.value,
    ...(name === undefined ? {} : { name }),
    platforms: platforms.value.map(formatPlatform).sort(),
  });
}

function optionOf(name: string, options: readonly string[]): string | undefined {
  return options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
}

function unknownOption(option: string, line: string): readonly Problem[] {
  if (/^(name|platforms)=./.test(option)) return [];
  return [
    {
      what: `Expected name=NAME or platforms=LIST after the address, found "${option}" in "${line}".`,
      change: 'Separate options by spaces, platforms by commas without spaces; one daemon a line.',
    },
  ];
}

function nameProblems(name: string, { kind }: Address, line: string): readonly Problem[] {
  if (kind === 'srv' || kind === 'dns') {
    const what = `name= has no place in "${line}": DNS names its replicas.`;
    return [{ what, change: 'Remove name=.' }];
  }
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/i.test(name)) return [];
  const what = `Expected letters, digits, ".", "_" or "-" after name=, found "${name}".`;
  return [{ what, change: 'Choose such a name of at most 100 characters.' }];
}
