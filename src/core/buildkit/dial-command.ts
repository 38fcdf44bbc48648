import { type Parsed, parsed, rejected } from '../parsed.ts';

/** A program whose input and output are a connection to a daemon, started as buildx does it. */
export interface DialCommand {
  readonly file: 'kubectl' | 'ssh';
  readonly args: readonly string[];
}

const dial = ['buildctl', 'dial-stdio'];
const podParts = ['context', 'namespace', 'container'];
const podForm = 'Write kube-pod://pod?context=NAME&namespace=NAME&container=NAME.';
const sshForm =
  'Write ssh://user@host, with :port if it is not 22, and /path of the socket if it is not the usual one.';

/**
 * `pod?context=&namespace=&container=`, each part but the pod may be missing (BuildKit, client/connhelper/kubepod).
 * The problem has no `where`, and `what` is for the caller.
 */
export function podCommand(rest: string): Parsed<DialCommand> {
  const [, pod, query = ''] = /^([a-z0-9.-]+)\/?(?:\?(\S*))?$/.exec(rest) ?? [];
  const given = new URLSearchParams(query);
  if (pod === undefined) return refused(podForm);
  const unknown = [...given.keys()].find((name) => !podParts.includes(name));
  if (unknown !== undefined) return refused(`Remove "${unknown}". ${podForm}`);
  const names = ['namespace', 'container'].map((name) => given.get(name) ?? '');
  if (names.some((name) => !/^[a-z0-9.-]*$/.test(name))) return refused(podForm);
  const [context, namespace, container] = podParts.map(
    (part) => `--${part}=${given.get(part) ?? ''}`,
  );
  const where = [context ?? '', namespace ?? '', 'exec', container ?? '', '-i', pod, '--'];
  return parsed({ file: 'kubectl', args: [...where, ...dial] });
}

const sshUrl =
  /^(?:(?<user>[^@/?#\s]+)@)?(?:\[(?<ipv6>[0-9a-f:.]+)\]|(?<name>[a-z0-9_.-]+))(?::(?<port>\d{1,5}))?(?<path>\/[^?#\s]*)?$/i;

/** `user@host:port/path/of/socket`, each part but the host may be missing (BuildKit, client/connhelper/ssh). */
export function sshCommand(rest: string): Parsed<DialCommand> {
  const parts = sshUrl.exec(rest)?.groups;
  if (parts === undefined) return refused(sshForm);
  const { user, ipv6, name = '', port, path } = parts;
  if (user?.includes(':') === true) {
    return refused('Leave the password out: buildx takes none. Give the agent a key instead.');
  }
  const [program = '', verb = ''] = dial;
  const remote = [program, ...socketOption(path), verb];
  return parsed({
    file: 'ssh',
    args: [...option('-l', user), ...option('-p', port), '--', ipv6 ?? name, ...remote],
  });
}

function socketOption(path: string | undefined): readonly string[] {
  return path === '/' ? [] : option('--addr', path && `unix://${path}`);
}

function option(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value];
}

function refused(change: string): Parsed<never> {
  return rejected({ what: '', change });
}
