import type { BuildRequest } from '../buildx/build-request.ts';
import { madeBuildArgs } from '../buildx/made-build-args.ts';
import type { PlacedSecret } from '../buildx/secret-args.ts';
import type { TargetDefinition } from './bake-definition.ts';

/** What all targets get, those that others are made from included. */
export interface CommonSettings {
  readonly request: BuildRequest;
  /** How Dockerfiles are checked; undefined: as they say themselves. */
  readonly checks: string | undefined;
  readonly secrets: readonly PlacedSecret[];
  /** Values of `ssh`: `default` or `id=path`. */
  readonly ssh: readonly string[];
}

/** Arguments, secrets and options of the inputs over the file's own, as `--set "*.…"` would have them. */
export function settledTarget(own: TargetDefinition, common: CommonSettings): TargetDefinition {
  return {
    ...own,
    ...argsOf(own, common),
    ...secretsOf(own, common),
    ...optionsOf(own, common.request),
  };
}

/** The file's namespace of cache mounts and its times win; other arguments of the inputs win over the file's. */
function argsOf(own: TargetDefinition, { request, checks }: CommonSettings): TargetChange {
  const made = madeBuildArgs(request, checks).map(({ name, value }) => [name, value] as const);
  const given = request.buildArgs.map(({ name, value }) => [name, value] as const);
  return { args: { ...Object.fromEntries(made), ...own.args, ...Object.fromEntries(given) } };
}

function secretsOf(own: TargetDefinition, { secrets, ssh }: CommonSettings): TargetChange {
  const ids = secrets.map(({ attributes }) => attributes['id']);
  const kept = (own.secret ?? []).filter(({ id }) => !ids.includes(id));
  const all = [...kept, ...secrets.map(({ attributes }) => ({ ...attributes }))];
  return {
    ...(all.length === 0 ? {} : { secret: all }),
    ...(ssh.length === 0 ? {} : { ssh: [...ssh] }),
  };
}

function optionsOf(own: TargetDefinition, { options }: BuildRequest): TargetChange {
  const { noCache, noCacheStages, pull, network, shmSize, ulimits, addHosts, allow } = options;
  const hosts = addHosts.map((line) => /^([^=:\s]+)[=:](.*)$/.exec(line)?.slice(1) ?? []);
  return {
    ...(noCache ? { 'no-cache': true } : {}),
    ...(pull ? { pull: true } : {}),
    ...(network === undefined ? {} : { network }),
    ...(shmSize === undefined ? {} : { 'shm-size': shmSize }),
    ...more('no-cache-filter', own['no-cache-filter'], noCacheStages),
    ...more('ulimits', own.ulimits, ulimits),
    ...more('entitlements', own.entitlements, allow.filter(isOfDaemon)),
    ...(hosts.length === 0
      ? {}
      : { 'extra-hosts': { ...own['extra-hosts'], ...(Object.fromEntries(hosts) as Texts) } }),
  };
}

type Texts = Readonly<Record<string, string>>;
type TargetChange = Partial<TargetDefinition>;

function more(
  key: 'no-cache-filter' | 'ulimits' | 'entitlements',
  own: readonly string[] | undefined,
  added: readonly string[],
): TargetChange {
  return added.length === 0 ? {} : { [key]: [...new Set([...(own ?? []), ...added])] };
}

/** Others, such as `fs.read`, are of buildx alone. */
function isOfDaemon(entitlement: string): boolean {
  return /^(network|security|device)/.test(entitlement);
}
