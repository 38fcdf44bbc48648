import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Playground } from '../playground/options.ts';

export const example = 'examples/orders';

/** The folders of one demo and the passwords that only this run knows. */
export interface Scenario {
  readonly stateDir: string;
  /** Kept between runs, so that the second run finds its cache. */
  readonly registryDir: string;
  readonly workDir: string;
  readonly recordFile: string;
  readonly resourcesFile: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly signingKey: string;
}

/** A clean work folder, whatever an earlier run left there. */
export async function prepareScenario(stateDir: string): Promise<Scenario> {
  const state = resolve(stateDir);
  await mkdir(state, { recursive: true, mode: 0o700 });
  const workDir = join(state, 'work');
  await rm(workDir, { recursive: true, force: true });
  return {
    stateDir: state,
    registryDir: join(state, 'registry'),
    workDir,
    recordFile: join(state, 'record.json'),
    resourcesFile: join(state, 'resources.yml'),
    credentials: { username: 'ci', password: randomBytes(18).toString('base64url') },
    signingKey: randomBytes(32).toString('hex'),
  };
}

/**
 * What Azure DevOps would hold for the pipeline: its variables, secrets and the registry connection, as YAML;
 * `certificates` is the folder of the builder's client certificates.
 */
export function resourcesOf(
  { signingKey, credentials }: Pick<Scenario, 'signingKey' | 'credentials'>,
  playground: Playground,
  certificates = dirname(playground.builder('ci').certificates?.ca ?? ''),
): string {
  const { host } = playground.registry('ci');
  return stringify({
    variables: {
      registry: host,
      buildkitEndpoint: playground.builder('ci').address,
      buildkitCertificates: certificates,
      signingKey: { value: signingKey, secret: true },
    },
    serviceConnections: {
      'orders-registry': {
        type: 'dockerregistry',
        url: 'https://hub.docker.com/',
        scheme: 'UsernamePassword',
        parameters: { registry: host, ...credentials },
        data: { registrytype: 'Others' },
      },
    },
  });
}

/** Writes the resources where only this user can read them. */
export async function writeResources(scenario: Scenario, playground: Playground): Promise<void> {
  await writeFile(scenario.resourcesFile, resourcesOf(scenario, playground), { mode: 0o600 });
}
