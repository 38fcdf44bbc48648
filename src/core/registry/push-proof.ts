import type { Problem } from '../errors.ts';
import { speaksPlainHttp } from './api-address.ts';

/** What a registry said to the start of an upload. */
export type PushProof =
  /** It took it, and the upload was cancelled. */
  | { readonly kind: 'proven' }
  /** It knows the login and refuses, or refuses the login itself. */
  | { readonly kind: 'denied'; readonly status: number; readonly said: string }
  /** It wants a login, and none is there. */
  | { readonly kind: 'no-login'; readonly said: string }
  | { readonly kind: 'odd'; readonly status: number; readonly said: string }
  | { readonly kind: 'unreachable'; readonly code: string; readonly message: string }
  /** The login comes from a program of the agent, which is asked by buildx only. */
  | { readonly kind: 'unasked' };

/** A repository to be pushed to. */
export interface PushTarget {
  readonly registry: string;
  /** Within the registry, e.g. shop/orders. */
  readonly path: string;
  /** Of the connection that logs in; undefined for a login of the agent's own, or none. */
  readonly connection: string | undefined;
  /** Says where the connection is found. */
  readonly page: string;
}

/** What to make of a proof: fail, warn, or say. */
export type PushVerdict =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'warning' | 'notice'; readonly text: string }
  | undefined;

/** Only a clear refusal fails: the daemon pushes, not this agent, and may see another network. */
export function pushVerdict(proof: PushProof, target: PushTarget): PushVerdict {
  const { registry, path } = target;
  switch (proof.kind) {
    case 'proven':
    case 'unasked':
      return undefined;
    case 'denied':
      return { kind: 'problem', problem: deniedProblem(proof, target) };
    case 'no-login':
      return { kind: 'problem', problem: noLoginProblem(target) };
    case 'odd':
      return {
        kind: 'warning',
        text: `registries: whether ${registry} takes a push to ${path} is not known: it answers HTTP ${proof.status}${quoted(proof.said)}. The build goes on.`,
      };
    case 'unreachable':
      return { kind: 'notice', text: unreachableText(proof, registry) };
  }
}

function deniedProblem(
  { status, said }: Extract<PushProof, { readonly kind: 'denied' }>,
  { registry, path, connection, page }: PushTarget,
): Problem {
  const who = connection === undefined ? "The agent's own login" : `Connection ${connection}`;
  const isLogin = status === 401;
  return {
    where: 'registries',
    what: `${who} may not push to ${path} on ${registry}: it answers HTTP ${status}${quoted(said)}.`,
    change: `${isLogin ? renew : permit}${page}`,
  };
}

const renew =
  'Renew its user name and password or its identity, and give it the right to push (AcrPush in Azure).';
const permit =
  'Give it the right to push there (AcrPush in Azure), or name a connection that has it.';

function noLoginProblem({ registry, path }: PushTarget): Problem {
  return {
    where: 'registries',
    what: `${registry} wants a login for a push to ${path}, and none of the connections logs in there.`,
    change: 'Add its Docker registry service connection.',
  };
}

function unreachableText(
  { code, message }: Extract<PushProof, { readonly kind: 'unreachable' }>,
  registry: string,
): string {
  const begin = `This agent cannot ask ${registry} whether it takes the push (${code}: ${message}).`;
  return `${begin} ${unreachableHint(code, registry)}`;
}

function unreachableHint(code: string, registry: string): string {
  if (speaksPlainHttp(code)) {
    return `It seems to speak plain HTTP. BuildKit pushes there only if its buildkitd.toml has [registry."${registry}"] with http = true.`;
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|ISSUER/.test(code)) {
    return `The agent does not trust its certificate: give the agent the authority (--sslcacert, or NODE_EXTRA_CA_CERTS). The daemon trusts by itself: [registry."${registry}"] with ca = ["…"] in buildkitd.toml.`;
  }
  return 'That is no error: the BuildKit daemon pushes, and may reach it.';
}

function quoted(said: string): string {
  return said === '' ? '' : ` ("${said}")`;
}
