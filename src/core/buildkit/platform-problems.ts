import type { Problem } from '../errors.ts';
import { type NodePlatforms, builderPlatforms } from '../platform/builder-platforms.ts';
import { formatPlatform, type Platform, parsePlatform } from '../platform/platform.ts';

/** A node with the address that people know it by. */
export interface NamedNode extends NodePlatforms {
  readonly url: string;
}

/** What later builds need. */
export interface PlatformNeeds {
  readonly platforms: readonly Platform[];
  readonly allowEmulation: boolean;
}

const binfmt =
  'the binfmt DaemonSet in Kubernetes, qemu-user-static elsewhere, and restart the daemon';

/** Declared platforms that daemons do not have, needed ones that are missing, emulated ones that must not be. */
export function platformProblems(
  nodes: readonly NamedNode[],
  { platforms, allowEmulation }: PlatformNeeds,
): readonly Problem[] {
  const known = builderPlatforms(nodes);
  const wanted = platforms.map(formatPlatform);
  const missing = wanted.filter((name) => !known.some((one) => one.name === name));
  const emulated = known.filter(({ name, isEmulated }) => isEmulated && wanted.includes(name));
  const isUnknown = nodes.some((node) => node.ofDaemon.length + node.declared.length === 0);
  return [
    ...nodes.flatMap(falselyDeclared),
    ...(isUnknown
      ? []
      : missing.map((name) =>
          missingPlatform(
            name,
            known.map((one) => one.name),
          ),
        )),
    ...(allowEmulation ? [] : emulated.map(({ name }) => emulatedPlatform(name))),
  ];
}

function falselyDeclared({ url, ofDaemon, declared }: NamedNode): readonly Problem[] {
  if (ofDaemon.length === 0) return [];
  const can = ofDaemon.flatMap((name) => parsePlatform(name) ?? []).map(formatPlatform);
  return declared
    .filter((name) => !can.includes(name))
    .map((name) => ({
      where: 'endpoints',
      what: `${url} is given for ${name}, but its daemon cannot build that; it can build ${can.join(', ')}.`,
      change: `Correct platforms=, or install emulation where the daemon runs: ${binfmt}.`,
    }));
}

function missingPlatform(name: string, known: readonly string[]): Problem {
  return {
    where: 'platforms',
    what: `No daemon builds ${name}; there is ${known.join(', ')}.`,
    change: `Add a native pool for it to endpoints (URL platforms=${name}), or install emulation where the daemon runs: ${binfmt}.`,
  };
}

function emulatedPlatform(name: string): Problem {
  return {
    where: 'allowEmulation',
    what: `${name} would be emulated by QEMU, which allowEmulation: false forbids.`,
    change: `Add a native pool for it to endpoints (URL platforms=${name}), or allow emulation.`,
  };
}
