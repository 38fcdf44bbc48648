import type { Problem } from '../errors.ts';
import { type ProbeCause, type ProbeFailure, probeCause } from './probe-cause.ts';
import { alertIn, namesIn, programIn, told, within } from './probe-words.ts';
import { programTrouble } from './program-trouble.ts';

/** What was looked at, in the user's words. */
export interface ProbeTarget {
  /** e.g. `tcp://buildkitd.ci.svc:1234`. */
  readonly url: string;
  /** The name looked for in the daemon's certificate. */
  readonly serverName: string;
  /** Who issued the client's certificate, or the last one of the chain that it sends. */
  readonly clientIssuer?: string;
}

type Sentences = (target: ProbeTarget, failure: ProbeFailure) => Problem;

/** The sentence and the cure for a daemon that cannot be used; `where` is the input to look at. */
export function probeProblem(failure: ProbeFailure, target: ProbeTarget): Problem {
  return sentences[probeCause(failure)](target, failure);
}

const late = 'For a daemon that starts late, raise connectTimeout.';

const sentences: Record<ProbeCause, Sentences> = {
  'nothing-listens': ({ url }) => ({
    where: 'endpoints',
    what: `Nothing listens at ${url}: the connection was refused.`,
    change: `Check the port, and that buildkitd runs with this --addr. ${late}`,
  }),
  'unknown-host': ({ url }) => ({
    where: 'endpoints',
    what: `The host name in ${url} is unknown to this agent's DNS.`,
    change:
      'Correct the name; in Kubernetes write service.namespace.svc, and check that the Service exists.',
  }),
  'no-answer': ({ url }, failure) => ({
    where: 'endpoints',
    what: `No connection to ${url}${within(failure)}: packets get lost on the way.`,
    change: 'Check firewalls and network policies between this agent and the daemon.',
  }),
  silent: ({ url }, failure) => ({
    where: 'endpoints',
    what: `${url} took the connection and then said nothing${within(failure)}.`,
    change: 'Check that it is BuildKit, and not a load balancer with no daemon behind it.',
  }),
  'no-socket': ({ url }) => ({
    where: 'endpoints',
    what: `There is no socket at ${url}.`,
    change: `Check the path, and that the agent's container mounts it. ${late}`,
  }),
  'no-permission': ({ url }) => ({
    where: 'endpoints',
    what: `The agent's user may not use ${url}.`,
    change: "Give it the socket's group: buildkitd --group.",
  }),
  'untrusted-certificate': ({ url }) => ({
    where: 'caCert',
    what: `The certificate of ${url} is not signed by the authority in caCert.`,
    change: "Give the CA that signed the daemon's certificate.",
  }),
  'name-not-in-certificate': ({ url, serverName }, failure) => ({
    where: 'serverName',
    what: `The certificate of ${url} is not for "${serverName}"${namesIn(failure)}.`,
    change: 'Set serverName to one of its names, or issue a certificate with this one.',
  }),
  'expired-certificate': ({ url }) => ({
    where: 'endpoints',
    what: `The certificate of ${url} has expired, or is not valid yet.`,
    change: 'Renew it and restart the daemon, which reads it once at its start.',
  }),
  'client-certificate-required': ({ url }) => ({
    where: 'clientCert',
    what: `${url} asks for a client certificate, and none was given.`,
    change: 'Set clientCert and clientKey.',
  }),
  'client-certificate-refused': ({ url, clientIssuer }, failure) => ({
    where: 'clientCert',
    what: `${url} does not accept the client certificate${clientIssuer === undefined ? '' : `, issued by ${clientIssuer}`}${alertIn(failure)}.`,
    change: "Give one that is signed by the CA of the daemon's --tlscacert.",
  }),
  'daemon-speaks-plain': ({ url }) => ({
    where: 'caCert',
    what: `${url} does not speak TLS, but caCert asks for it.`,
    change:
      'Remove caCert, clientCert, clientKey and serverName, or start the daemon with --tlscert; check the port, too.',
  }),
  'daemon-speaks-tls': ({ url }) => ({
    where: 'caCert',
    what: `${url} speaks TLS, and caCert is empty.`,
    change:
      "Set caCert to the CA of the daemon's certificate; with mutual TLS also clientCert and clientKey.",
  }),
  closed: ({ url }) => ({
    where: 'endpoints',
    what: `${url} took the connection and closed it without an answer.`,
    change: 'Check that it is BuildKit, and not a proxy or load balancer with no daemon behind it.',
  }),
  'no-program': ({ url }, failure) => ({
    where: 'endpoints',
    what: `${url} needs ${programIn(failure)}, which is not on this agent's PATH.`,
    change: 'Install it, or give the daemon a TCP address.',
  }),
  'program-failed': endedFirst,
  'program-refused': endedFirst,
  'not-grpc': ({ url }) => ({
    where: 'endpoints',
    what: `Something answers at ${url}, but it does not speak gRPC: a web server, perhaps.`,
    change: 'Check the port.',
  }),
  'not-buildkit': ({ url }) => ({
    where: 'endpoints',
    what: `${url} speaks gRPC, but it is not BuildKit 0.11 or newer.`,
    change: "Give buildkitd's own port (containerd and others speak gRPC, too), or update it.",
  }),
  'not-ready': ({ url }, failure) => ({
    where: 'endpoints',
    what: `${url} answers that its daemon is unavailable${told(failure)}.`,
    change: 'Check the daemon behind the proxy, and whether it is shutting down.',
  }),
  other: ({ url }, failure) => ({
    where: 'endpoints',
    what: `${url} cannot be used${told(failure)}.`,
    change: 'Check the address, and the log of buildkitd.',
  }),
};

function endedFirst({ url }: ProbeTarget, failure: ProbeFailure): Problem {
  const said = failure.kind === 'program' ? failure.said : '';
  const what = `${programIn(failure)} ended before ${url} answered${told(failure)}.`;
  return { where: 'endpoints', what, change: programTrouble(said).change };
}
