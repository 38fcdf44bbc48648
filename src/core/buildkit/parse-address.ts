import { type Parsed, parsed, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import { type DialCommand, podCommand, sshCommand } from './dial-command.ts';
import type { Address } from './endpoint.ts';

/** Known to buildx or buildctl, but useless on an agent without Docker, or not on Linux. */
const unusable = /^(docker-container|podman-container|nerdctl-container|npipe|vsock|fd)$/;
const schemes = 'tcp, unix, srv+tcp, dns+tcp, kube-pod or ssh';
const expected = 'Expected an address such as tcp://host:port or unix:///path';

type Parse = (text: string, rest: string) => Parsed<Address>;

/** One address as written, without options; problems have no `where` yet. */
export function parseAddress(text: string): Parsed<Address> {
  const macro = undefinedVariable('', text);
  if (macro !== undefined) return rejected({ what: macro.what, change: macro.change });
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return refused(text, missingScheme(text));
  const parse = parsers[scheme.toLowerCase()];
  return parse === undefined ? refused(text, otherScheme(scheme, rest)) : parse(text, rest);
}

const parsers: Readonly<Record<string, Parse>> = {
  tcp: (text, rest) => {
    const found = hostAndPort(text, rest);
    if (!found.ok) return found;
    return parsed({ kind: 'tcp', url: text.replace(/\/$/, ''), ...found.value });
  },
  unix: (text, path) => {
    if (path.startsWith('/')) return parsed({ kind: 'unix', url: text, path });
    return refused(text, 'Write the absolute path of the socket after unix://, so three slashes.');
  },
  'srv+tcp': (text, rest) => {
    const service = rest.replace(/\.?\/?$/, '');
    if (/^_[a-z0-9-]+\._tcp(\.[a-z0-9_-]+)+$/i.test(service)) {
      return parsed({ kind: 'srv', url: text, service });
    }
    return refused(
      text,
      'Write srv+tcp://_port._tcp.name with the full DNS name and no port, such as srv+tcp://_grpc._tcp.buildkitd.ci.svc.cluster.local.',
    );
  },
  'dns+tcp': (text, rest) => {
    const found = hostAndPort(text, rest);
    if (!found.ok) return found;
    if (!/^[\d.]+$|:/.test(found.value.host))
      return parsed({ kind: 'dns', url: text, ...found.value });
    return refused(text, 'Write a DNS name, or tcp:// before an address of its own.');
  },
  'kube-pod': (text, rest) => through(podCommand(rest), text),
  ssh: (text, rest) => through(sshCommand(rest), text),
};

/** Without the last slash, which buildx would take for the path of a socket. */
function through(command: Parsed<DialCommand>, text: string): Parsed<Address> {
  if (!command.ok) return refused(text, command.problems.map(({ change }) => change).join(' '));
  return parsed({ kind: 'program', url: text.replace(/\/$/, ''), ...command.value });
}

function hostAndPort(
  text: string,
  rest: string,
): Parsed<{ readonly host: string; readonly port: number }> {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+)):(\d{1,5})\/?$/i.exec(rest);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined) return refused(text, 'Write a host and a port, nothing more.');
  if (port < 1 || port > 65_535) return refused(text, 'Write a port between 1 and 65535.');
  return parsed({ host, port });
}

function missingScheme(text: string): string {
  if (text.startsWith('/')) return `Write unix://${text}.`;
  return /:\d+$/.test(text) ? `Write tcp://${text}.` : `Begin with ${schemes}, and ://.`;
}

function otherScheme(scheme: string, rest: string): string {
  if (/^(https?|grpcs?)$/i.test(scheme)) {
    return `Write tcp://${rest}; TLS comes with caCert, not with the scheme.`;
  }
  return unusable.test(scheme)
    ? `${scheme}:// does not work here; give the daemon a TCP port or a Unix socket.`
    : `Begin with ${schemes}, and ://.`;
}

function refused(text: string, change: string): Parsed<never> {
  return rejected({ what: `${expected}, found "${text}".`, change });
}
