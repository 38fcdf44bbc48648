import { contentDigest } from '../core/image/content-digest.ts';
import { pathOf, registryOf } from '../core/image/reference.ts';
import { configKey } from '../core/registry/auth-config.ts';
import { manifestTypes } from '../core/registry/manifest-types.ts';
import { storedLogin } from '../core/registry/stored-login.ts';
import { atRightAddress } from './ask-registry.ts';
import { type AskingPorts, RegistrySession, pushScope } from './registry-session.ts';

/** Reads manifests of one repository by their digests: JSON text, or undefined when this agent cannot have it. */
export type ManifestReader = (digest: string) => Promise<string | undefined>;

/**
 * Asks the registry itself (OCI distribution-spec, "Pulling manifests").
 * @param name the repository with its registry
 * @param config text of a docker config.json with its login
 */
export function manifestReader(
  name: string,
  config: string | undefined,
  ports: AskingPorts,
): ManifestReader {
  const registry = registryOf(name);
  const path = pathOf(name);
  const session = new RegistrySession(
    pushScope(path),
    storedLogin(config, configKey(registry)),
    ports,
  );
  return async (digest) => {
    const answer = await atRightAddress(registry, (address) =>
      session.ask({
        ...{ method: 'GET', url: `${address}/v2/${path}/manifests/${digest}` },
        headers: { accept: manifestTypes },
      }),
    );
    const isGiven = answer.kind === 'answered' && answer.status === 200;
    return isGiven && contentDigest(answer.body) === digest ? answer.body : undefined;
  };
}
