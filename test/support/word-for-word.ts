import assert from 'node:assert/strict';
import type { ComposeService } from '../../src/core/compose/model.ts';
import { isMap } from '../../src/core/compose/reading.ts';
import type { Verdicts } from './compare-with-docker.ts';

type Plain = Readonly<Record<string, unknown>>;

/** Keys whose values stand in Docker's canonical JSON just as they stand in our model. */
const sameInBoth: Readonly<Record<string, (service: ComposeService) => unknown>> = {
  image: ({ image }) => image,
  environment: ({ environment }) => environment,
  command: ({ command }) => command ?? null,
  entrypoint: ({ entrypoint }) => entrypoint ?? null,
  labels: ({ labels }) => labels,
  hostname: ({ hostname }) => hostname,
  user: ({ user }) => user,
  working_dir: ({ workingDir }) => workingDir,
  init: ({ init }) => init,
  network_mode: ({ networkMode }) => networkMode,
  cap_add: ({ options }) => options.cap_add,
  cap_drop: ({ options }) => options.cap_drop,
  cpuset: ({ options }) => options.cpuset,
  dns: ({ options }) => options.dns,
  dns_search: ({ options }) => options.dns_search,
  group_add: ({ options }) => options.group_add,
  ipc: ({ options }) => options.ipc,
  pid: ({ options }) => options.pid,
  privileged: ({ options }) => options.privileged,
  restart: ({ options }) => options.restart,
  security_opt: ({ options }) => options.security_opt,
  stop_signal: ({ options }) => options.stop_signal,
  sysctls: ({ options }) => options.sysctls,
  tmpfs: ({ tmpfs }) => tmpfs,
  tty: ({ options }) => options.tty,
};

/** Compares with Docker's text itself, which no code of ours has read. */
export function assertWordForWord({ ours, dockerJson }: Verdicts): void {
  assert.equal(ours.kind, 'loaded');
  const plain = JSON.parse(dockerJson.replaceAll('$$', '$')) as Record<'services', Plain>;
  const services = plain.services as Readonly<Record<string, Plain>>;
  for (const service of ours.project.services) {
    for (const [key, value] of Object.entries(sameInBoth)) {
      const docker = withoutNull(services[service.name]?.[key]) ?? nothing(value(service));
      assert.deepEqual(value(service), docker, `${service.name}.${key}`);
    }
  }
}

/** Docker prints variables that have no value anywhere, and leaves them out of the container. */
function withoutNull(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null));
}

/** Docker leaves out what says nothing. */
function nothing(ours: unknown): unknown {
  const isEmpty = typeof ours === 'object' && ours !== null && Object.keys(ours).length === 0;
  return isEmpty || ours === null || ours === false || ours === '' ? ours : undefined;
}
