import * as v from 'valibot';
import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';

/** Tells what is wrong with a line; undefined when it is well. */
type Check = (line: string) => { readonly what: string; readonly change: string } | undefined;

/** Every line that breaks its grammar is a problem of the input `where`. */
export function checkedLines(
  where: string,
  lines: readonly string[],
  check: Check,
): Parsed<readonly string[]> {
  const problems = lines.flatMap((line): readonly Problem[] => {
    const wrong = undefinedVariable(where, line) ?? check(line);
    return wrong === undefined ? [] : [{ ...wrong, where }];
  });
  return problems.length > 0 ? rejected(...problems) : parsed(lines);
}

/** `host=address[,address]`, or with `:`; the remote driver does not know the host's own address. */
export const hostLine: Check = (line) => {
  const [, addresses] = /^[^=:\s]+[=:](\S+)$/.exec(line) ?? [];
  if (addresses === 'host-gateway') {
    return {
      what: `"${line}" wants the address of the machine that builds, which a remote daemon does not tell.`,
      change: 'Write the address itself, e.g. registry.test=10.0.0.7.',
    };
  }
  if (addresses?.split(',').every(isAddress) === true) return undefined;
  return {
    what: `Expected host=address, found "${line}".`,
    change: 'Write one host a line with its IP address, e.g. registry.test=10.0.0.7.',
  };
};

const ipAddress = v.pipe(v.string(), v.ip());

function isAddress(text: string): boolean {
  return v.is(ipAddress, text.replace(/^\[(.+)\]$/, '$1'));
}

/** Names of getrlimit(2) as buildx knows them (github.com/docker/go-units, ulimit.go). */
const limits = [
  ...['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile'],
  ...['nproc', 'rss', 'rtprio', 'rttime', 'sigpending', 'stack'],
];

export const ulimitLine: Check = (line) => {
  const [, name = '', soft = '', hard = soft] = /^(\w+)=(-1|\d+)(?::(-1|\d+))?$/.exec(line) ?? [];
  const isOrdered = hard === '-1' || (soft !== '-1' && Number(soft) <= Number(hard));
  if (limits.includes(name) && isOrdered) return undefined;
  return {
    what: `Expected name=soft or name=soft:hard with soft at most hard, found "${line}".`,
    change: `Write e.g. nofile=1024:4096; the names are ${limits.join(', ')}.`,
  };
};

const entitlements = ['network.host', 'security.insecure', 'device'];

export const entitlementLine: Check = (line) =>
  entitlements.includes(line) || line.startsWith('device=')
    ? undefined
    : {
        what: `Expected ${entitlements.join(', ')} or device=NAME, found "${line}".`,
        change: 'Choose one of these; the daemon has to allow it as well.',
      };

/** A bake file needs leave for more: files outside its folder, and keys. */
export const bakeEntitlementLine: Check = (line) =>
  line === 'ssh' || /^fs(\.read|\.write)?=./.test(line) ? undefined : entitlementLine(line);

export const stageLine: Check = (line) =>
  /^[\w.-]+$/.test(line)
    ? undefined
    : { what: `Expected the name of a stage, found "${line}".`, change: 'Write one stage a line.' };

/** `type=…,key=value`, as BuildKit's exporters take it. */
export const outputLine: Check = (line) =>
  /^type=(image|registry|oci|docker|local|tar|cacheonly)(,|$)/.test(line)
    ? undefined
    : {
        what: `Expected type=image, registry, oci, docker, local, tar or cacheonly with attributes, found "${line}".`,
        change: 'Write e.g. type=tar,dest=/work/rootfs.tar, one output a line.',
      };

/** As Docker has it: `64m`, `1g`, or bytes. */
export function isShmSize(text: string): boolean {
  return /^\d+(\.\d+)? ?([kmgt]i?)?b?$/i.test(text);
}
