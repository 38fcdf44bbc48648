import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';

/** The address of one BuildKit daemon; `url` as buildx takes it (build-anchors 3.1). */
export type Endpoint =
  | {
      readonly kind: 'tcp';
      readonly url: string;
      /** Without the brackets of an IPv6 address. */
      readonly host: string;
      readonly port: number;
    }
  | { readonly kind: 'unix'; readonly url: string; readonly path: string };

/** Known to buildx or planned by us, but not taken by this version. */
const otherSchemes = /^(srv\+tcp|dns\+tcp|kube-pod|ssh|docker-container|podman-container|npipe)$/;
const expected = 'Expected tcp://host:port or unix:///path';

/**
 * The endpoint that the input asks for, else the agent's BUILDKIT_HOST.
 * @param lines of the `endpoints` input
 */
export function parseEndpoints(
  lines: readonly string[],
  buildkitHost: string | undefined,
): Parsed<Endpoint> {
  const [first, ...rest] = lines;
  if (first === undefined) return parseBuildkitHost(buildkitHost);
  const asked = rest.length === 0 ? parseEndpoint(first) : severalEndpoints(lines.length);
  return asked.ok ? asked : rejected(...asked.problems.map(atInput));
}

function parseBuildkitHost(buildkitHost: string | undefined): Parsed<Endpoint> {
  if (buildkitHost === undefined || buildkitHost.trim() === '') {
    return rejected({
      where: 'endpoints',
      what: `${expected}, found nothing, and the agent has no BUILDKIT_HOST either.`,
      change: 'Give the address of your BuildKit daemon.',
    });
  }
  const given = parseEndpoint(buildkitHost.trim());
  if (given.ok) return given;
  const origin = "The agent's BUILDKIT_HOST was used, as this input is empty.";
  return rejected(
    ...given.problems.map((each) => atInput({ ...each, what: `${origin} ${each.what}` })),
  );
}

function severalEndpoints(count: number): Parsed<never> {
  return rejected({
    what: `Expected one endpoint, found ${count} lines: this version attaches to one daemon.`,
    change: 'Leave one line.',
  });
}

function atInput(problem: Problem): Problem {
  return { where: 'endpoints', ...problem };
}

function parseEndpoint(text: string): Parsed<Endpoint> {
  const macro = undefinedVariable('endpoints', text);
  if (macro !== undefined) return rejected(macro);
  if (/\s/.test(text)) return refused(text, 'Write the address alone, without spaces or options.');
  const [, scheme, address] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === undefined || address === undefined) return refused(text, missingScheme(text));
  switch (scheme.toLowerCase()) {
    case 'tcp':
      return parseTcp(text, address);
    case 'unix':
      return parseUnix(text, address);
    default:
      return refused(text, otherScheme(scheme, address));
  }
}

function parseTcp(text: string, address: string): Parsed<Endpoint> {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+)):(\d{1,5})\/?$/i.exec(address);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined) return refused(text, 'Write a host and a port, nothing more.');
  if (port < 1 || port > 65_535) return refused(text, 'Write a port between 1 and 65535.');
  return parsed({ kind: 'tcp', url: text.replace(/\/$/, ''), host, port });
}

function parseUnix(text: string, path: string): Parsed<Endpoint> {
  if (!path.startsWith('/')) {
    return refused(text, 'Write the absolute path of the socket after unix://, so three slashes.');
  }
  return parsed({ kind: 'unix', url: text, path });
}

function missingScheme(text: string): string {
  if (text.startsWith('/')) return `Write unix://${text}.`;
  return /:\d+$/.test(text) ? `Write tcp://${text}.` : 'Begin with tcp:// or unix://.';
}

function otherScheme(scheme: string, address: string): string {
  if (/^(https?|grpcs?)$/i.test(scheme)) {
    return `Write tcp://${address}; TLS comes with caCert, not with the scheme.`;
  }
  return otherSchemes.test(scheme)
    ? `This version does not take ${scheme}://; give the daemon a TCP port or a Unix socket.`
    : 'Begin with tcp:// or unix://.';
}

function refused(text: string, change: string): Parsed<never> {
  return rejected({ what: `${expected}, found "${text}".`, change });
}

/** Whether nobody but this machine can listen in. */
export function isLocal(endpoint: Endpoint): boolean {
  return endpoint.kind === 'unix' || /^(localhost|127\.[\d.]+|::1)$/i.test(endpoint.host);
}
