import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import { apiAddresses } from '../../src/core/registry/api-address.ts';
import { registryHost } from '../../src/core/registry/auth-config.ts';

/** The registry to prune. */
export interface RegistryPlace {
  /** Host and port. */
  readonly host: string;
  /** Where it may answer, in the order to try, e.g. `https://my.azurecr.io`. */
  readonly addresses: readonly string[];
}

const where = 'registryHost';

/**
 * @param text of the input registryHost, which may say that the registry speaks plain HTTP
 * @param connected host of the service connection's registry
 */
export function readPlace(
  text: string | undefined,
  connected: string | undefined,
): Parsed<RegistryPlace> {
  const named = text === undefined ? connected : registryHost(text);
  if (named === undefined) return rejected(text === undefined ? noRegistry : malformed(text));
  if (connected !== undefined && named !== connected) return rejected(differ(named, connected));
  if (named === 'docker.io') return rejected(dockerHub);
  const isPlain = text?.startsWith('http://') === true;
  return parsed({ host: named, addresses: isPlain ? [`http://${named}`] : apiAddresses(named) });
}

const noRegistry: Problem = {
  where: 'registry',
  what: 'Expected a Docker registry service connection, found none.',
  change: 'Name one, or write the host of a registry without one into "registryHost".',
};

const dockerHub: Problem = {
  where: 'registry',
  what: 'Docker Hub does not delete by the API of registries.',
  change: 'Delete there on its web pages, or push what is to be pruned to a registry of your own.',
};

function malformed(text: string): Problem {
  const what = `Expected host[:port], found "${text}".`;
  return {
    where,
    what,
    change: 'Write e.g. registry.ci.svc:5000, or http://registry.ci.svc:5000.',
  };
}

function differ(named: string, connected: string): Problem {
  const what = `It names ${named}, and the service connection logs in to ${connected}.`;
  return { where, what, change: 'Remove one of them, or name the same registry.' };
}
