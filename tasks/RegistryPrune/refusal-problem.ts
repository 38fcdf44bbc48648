import type { Problem } from '../../src/core/errors.ts';
import { speaksPlainHttp } from '../../src/core/registry/api-address.ts';
import { connectionPage } from '../../src/core/registry/connection-page.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { Refusal } from '../../src/workflows/registry-session.ts';
import type { CheckedRequest } from './read-request.ts';

/** What was asked, and as whom. */
export interface Asked extends Pick<CheckedRequest, 'account' | 'place'> {
  /** e.g. `list the tags`. */
  readonly doing: string;
  /** Absent when it was about the registry as a whole. */
  readonly repository?: string;
}

/** Why a registry did not do what was asked, and who can mend it. */
export function refusalProblem(
  refusal: Refusal,
  asked: Asked,
  host: Pick<TaskHost, 'variable'>,
): Problem {
  const { account, place } = asked;
  const at = asked.repository === undefined ? place.host : `${asked.repository} on ${place.host}`;
  const page = connectionPage(account?.connection, (name) => host.variable(name));
  return { where: 'registry', ...halves(refusal, asked, at, page) };
}

function halves(
  refusal: Refusal,
  { doing, account, place, repository }: Asked,
  at: string,
  page: string,
): Pick<Problem, 'what' | 'change'> {
  switch (refusal.kind) {
    case 'denied': {
      const what = `${whoIs(account)} may not ${doing} in ${at}: it answers ${answerOf(refusal)}.`;
      return { what, change: `${refusal.status === 401 ? renew : permit}${page}` };
    }
    case 'no-login': {
      const what = `${at} wants a login to ${doing}, and there is none.`;
      return { what, change: nameConnection };
    }
    case 'unasked': {
      const what = `The agent's login for ${place.host} comes from a program, which is not asked here.`;
      return { what, change: nameConnection };
    }
    case 'unreachable':
      return {
        what: `${at} cannot be reached (${refusal.code}: ${refusal.message}).`,
        change: unreachableCure(refusal.code, place.host),
      };
    case 'odd': {
      const what = `${at} does not ${doing}: it answers ${answerOf(refusal)}.`;
      return { what, change: repository === undefined ? 'Look at its log.' : leaveOut(repository) };
    }
  }
}

function whoIs(account: Asked['account']): string {
  return account === undefined ? "The agent's own login" : `Connection ${account.connection}`;
}

const nameConnection = 'Name its Docker registry service connection as "registry".';
const renew =
  'Renew its user name and password or its identity, and give it the right to read and delete (AcrPull and AcrDelete in Azure).';
const permit =
  'Give it the right to read and delete there (AcrPull and AcrDelete in Azure), or name a connection that has it.';

function leaveOut(repository: string): string {
  return `Try again later; to prune the others without it, write !${repository} below "repositories".`;
}

function unreachableCure(code: string, registry: string): string {
  if (speaksPlainHttp(code)) {
    return `It seems to speak plain HTTP: write http://${registry} into "registryHost".`;
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|ISSUER/.test(code)) {
    return 'The agent does not trust its certificate: give the agent the authority (--sslcacert, or NODE_EXTRA_CA_CERTS).';
  }
  return 'Check its name, and that this agent reaches it.';
}

function answerOf({ status, said }: { readonly status: number; readonly said: string }): string {
  return said === '' ? `HTTP ${status}` : `HTTP ${status} ("${said}")`;
}
