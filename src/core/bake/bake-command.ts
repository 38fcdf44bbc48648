import type { BuildCommand, BuildPlace } from '../buildx/build-args.ts';
import { secretArgWarning } from '../buildx/build-args.ts';
import type { BuildRequest } from '../buildx/build-request.ts';
import { placedSecret, sshArguments } from '../buildx/secret-args.ts';
import type { Bake, BakedTarget } from './baked-targets.ts';
import type { TargetDefinition } from './bake-definition.ts';
import { type TargetForm, settledOutput } from './settled-output.ts';
import { type CommonSettings, settledTarget } from './settled-target.ts';
import { type TargetContexts, withContexts } from './target-contexts.ts';

/** Where a bake runs. */
export interface BakePlace extends Omit<
  BuildPlace,
  'context' | 'isByDigest' | 'platformCount' | 'checks'
> {
  /** Where relative paths of a bake file start: the folder of the sources. */
  readonly folder: string;
  /** For the definition as it is run; absolute. */
  readonly definitionFile: string;
  /** How Dockerfiles are checked, by target; one that is not there: as it says itself. */
  readonly checksOf: Readonly<Record<string, string>>;
  /** Copies in place of contexts, by target; one that is not there keeps its own. */
  readonly contextsOf?: Readonly<Record<string, TargetContexts>>;
}

/** A target of one bake, with where its result goes. */
export interface FormedTarget extends TargetForm {
  readonly target: BakedTarget;
}

/** A bake, or the part of it that one call builds. */
export interface FormedBake extends Pick<Bake, 'linked'> {
  readonly targets: readonly FormedTarget[];
}

/**
 * One `buildx bake` of a definition of our own, in which everything of the file and of the inputs is said: nothing of it
 * has to be an argument, and nothing is read anew.
 */
export function bakeCommand(
  request: BuildRequest,
  { targets, linked }: FormedBake,
  place: BakePlace,
): BuildCommand {
  const secrets = request.secrets.map((secret, at) => placedSecret(secret, at, place));
  const keys = request.ssh.map((forward, at) => sshArguments(forward, at, place));
  const ssh = keys.flatMap(({ args }) => args.slice(1));
  const definitions = settledDefinitions({ targets, linked }, { request, secrets, ssh }, place);
  const files = merged([...secrets, ...keys].map((each) => each.files));
  const sources = secrets.map(({ attributes }) => attributes['src']);
  const read = [...sources, ...keyPaths(ssh), ...copiesIn(place)];
  return {
    args: [
      ...['bake', '--builder', place.builder, '--progress=rawjson'],
      ...['--metadata-file', place.metadataFile, '--file', place.definitionFile],
      ...allowed(request, read),
      ...targets.map(({ target }) => target.name),
    ],
    env: merged(secrets.map(({ env }) => env)),
    shownEnv: merged(secrets.map(({ shown }) => shown)),
    files: { ...files, [place.definitionFile]: `${JSON.stringify({ target: definitions })}\n` },
    warnings: request.buildArgs.filter(({ isSecret }) => isSecret).map(secretArgWarning),
    cwd: place.folder,
  };
}

function settledDefinitions(
  { targets, linked }: FormedBake,
  common: Omit<CommonSettings, 'checks'>,
  { checksOf, contextsOf = {}, folder }: BakePlace,
): Readonly<Record<string, TargetDefinition>> {
  const settled = (name: string, own: TargetDefinition): TargetDefinition => {
    const moved = withContexts(own, contextsOf[name], folder);
    return settledTarget(moved, { ...common, checks: checksOf[name] });
  };
  const others = Object.entries(linked).map(([name, own]) => [name, settled(name, own)] as const);
  const asked = targets.map(({ target, ...form }) => {
    const { name, definition } = target;
    const output = settledOutput(target, common.request, form);
    return [name, { ...settled(name, definition), ...output }] as const;
  });
  return Object.fromEntries([...others, ...asked]);
}

/** buildx asks before a bake file may read outside its folder or use keys; what the inputs name may be used. */
function allowed(
  { options, ssh }: BuildRequest,
  read: readonly (string | undefined)[],
): readonly string[] {
  const paths = read.flatMap((path) => (path === undefined ? [] : [`fs.read=${path}`]));
  const all = [...options.allow, ...(ssh.length === 0 ? [] : ['ssh']), ...new Set(paths)];
  return all.flatMap((entitlement) => ['--allow', entitlement]);
}

function copiesIn({ contextsOf = {} }: BakePlace): readonly (string | undefined)[] {
  return Object.values(contextsOf).flatMap(({ own, named }) => [own, ...Object.values(named)]);
}

function keyPaths(ssh: readonly string[]): readonly string[] {
  return ssh.flatMap((value) => /^[^=]+=(.+)$/.exec(value)?.[1] ?? []);
}

function merged(
  records: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}
