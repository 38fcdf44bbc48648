import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Loaded, loadProject } from '../../src/core/compose/load-project.ts';
import type { LoadRequest } from '../../src/core/compose/load-request.ts';
import { isMap } from '../../src/core/compose/reading.ts';
import type { ComposeProject } from '../../src/core/compose/model.ts';
import type { ComposeOracle } from './compose-oracle.ts';

/** A project on disk: text by path below its folder. */
export interface Fixture {
  readonly files: Readonly<Record<string, string>>;
  /** In merge order; `compose.yaml` when nothing is said. */
  readonly composeFiles?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  readonly services?: readonly string[];
}

const projectName = 'fixture';

/** Both verdicts on one project. */
export interface Verdicts {
  readonly ours: Loaded;
  /** What our loader makes of Docker's canonical output; undefined when Docker rejects the project. */
  readonly docker: Loaded | undefined;
  readonly dockerError: string | undefined;
  readonly dockerJson: string;
}

/** Loads a project by our loader and by Docker's. */
export async function judge(fixture: Fixture, oracle: ComposeOracle): Promise<Verdicts> {
  const dir = await mkdtemp(join(tmpdir(), 'compose-'));
  try {
    for (const [path, text] of Object.entries(fixture.files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    const names = fixture.composeFiles ?? ['compose.yaml'];
    const env = { HOME: '/home/somebody', ...fixture.env };
    const answer = await oracle.ask({
      dir,
      env,
      args: [
        ...names.flatMap((name) => ['--file', name]),
        ...['--project-name', projectName],
        ...(fixture.profiles ?? []).flatMap((profile) => ['--profile', profile]),
        ...['config', '--format', 'json', ...(fixture.services ?? [])],
      ],
    });
    const request = requestFor(dir, fixture, env);
    const ours = load({ ...request, files: names.map((name) => join(dir, name)) });
    if (answer.error !== undefined) {
      return { ours, docker: undefined, dockerError: answer.error, dockerJson: '' };
    }
    const canonical = join(dir, 'canonical.json');
    await writeFile(canonical, answer.stdout);
    const docker = load({ ...request, files: [canonical], services: [], profiles: ['*'] });
    return { ours, docker, dockerError: undefined, dockerJson: answer.stdout };
  } finally {
    await rm(dir, { recursive: true });
  }
}

function requestFor(
  dir: string,
  fixture: Fixture,
  env: Readonly<Record<string, string>>,
): LoadRequest {
  return {
    files: [],
    folder: dir,
    home: '/home/somebody',
    variables: (name) => env[name],
    projectName,
    fallbackName: projectName,
    profiles: fixture.profiles ?? [],
    services: fixture.services ?? [],
    label: (path) => path.replace(`${dir}/`, ''),
  };
}

/** Reads what the loader asks for, until it has all. */
function load(request: LoadRequest): Loaded {
  const known = new Map<string, string | undefined>();
  for (let round = 0; round < 20; round += 1) {
    const loaded = loadProject(request, known);
    if (loaded.kind !== 'needs') return loaded;
    loaded.paths.forEach((path) => known.set(path, textOf(path)));
  }
  throw new Error('The loader asks for files without an end.');
}

function textOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true ? readFileSync(path, 'utf8') : undefined;
}

/** Fails unless both say the same. What only we refuse must be named in `unsupported`. */
export function assertSame(verdicts: Verdicts, hint: string): void {
  const { ours, docker, dockerError } = verdicts;
  if (dockerError !== undefined) {
    const isRejected = ours.kind === 'rejected' && ours.problems.length > 0;
    assert.ok(isRejected, `Docker rejects it, we do not: ${dockerError}\n${hint}`);
    return;
  }
  if (ours.kind === 'rejected') {
    assert.deepEqual(ours.problems, [], `Docker takes it, we do not.\n${hint}`);
    return;
  }
  assert.ok(
    ours.kind === 'loaded' && docker?.kind === 'loaded',
    `${JSON.stringify(docker)}\n${hint}`,
  );
  assert.deepEqual(comparable(ours.project), comparable(docker.project), hint);
}

/** Without places, warnings, and the names that Docker makes from the project's. */
function comparable(project: ComposeProject): unknown {
  const unnamed = <T extends { readonly name: string; readonly hostName?: string }>(thing: T) => ({
    ...thing,
    hostName: thing.hostName === `${projectName}_${thing.name}` ? undefined : thing.hostName,
  });
  const sorted = <T extends { readonly name: string }>(things: readonly T[]): readonly T[] =>
    [...things].sort((a, b) => (a.name < b.name ? -1 : 1));
  const plain = {
    services: sorted(project.services).map((service) => ({
      ...service,
      place: undefined,
      label: undefined,
      networks: sorted(service.networks),
      dependsOn: [...service.dependsOn].sort((a, b) => (a.service < b.service ? -1 : 1)),
      extraHosts: service.extraHosts.map(String).sort(),
      options: withoutNothing(service.options),
    })),
    volumes: sorted(project.volumes).map(unnamed),
    networks: sorted(project.networks).map(unnamed),
  };
  return JSON.parse(JSON.stringify(plain, sortKeys)) as unknown;
}

function withoutNothing(value: object): object {
  const entries = Object.entries(value).map(([key, entry]: [string, unknown]) => {
    return [key, isMap(entry) ? withoutNothing(entry) : entry] as const;
  });
  return Object.fromEntries(entries.filter(([, entry]) => !isNothing(entry)));
}

/** Docker leaves out what says nothing. */
function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === false || value === 0 || value === '';
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
