import { basename, isAbsolute } from 'node:path/posix';
import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import type { PortMode } from '../../src/core/podman/publish.ts';
import type { InputValues } from '../../src/core/task/input-spec.ts';
import type { taskInputs } from './inputs.generated.ts';
import { parseProgram } from './podman-inputs.ts';
import type { PodmanProgram } from './services-ports.ts';

export type Inputs = InputValues<typeof taskInputs>;

/** What the inputs ask for; the compose file is not read yet. */
export interface ServicesRequest {
  /** Values for the file's variables. */
  readonly variables: ReadonlyMap<string, string>;
  readonly testService: string | undefined;
  /** Absolute paths in the test container. */
  readonly testResults: readonly string[];
  readonly connections: readonly string[];
  readonly pull: 'missing' | 'always' | 'never';
  readonly ports: PortMode;
  readonly bindAddress: string;
  readonly waitTimeoutSeconds: number;
  readonly logs: 'always' | 'onFailure' | 'never';
  readonly stopTimeoutSeconds: number;
  readonly overallTimeoutSeconds: number;
  readonly registryMirror: string | undefined;
  /** As written; absent: log files go to the run only. */
  readonly logFolder: string | undefined;
  readonly keepOnFailure: boolean;
  readonly maxParallel: number;
  readonly podman: PodmanProgram;
  readonly dryRun: boolean;
}

/** Every problem of the inputs at once. */
export function parseInputs(inputs: Inputs): Parsed<ServicesRequest> {
  const podman = parseProgram(inputs);
  const problems = [
    ...badVariables(inputs),
    ...badResults(inputs),
    ...badAddress(inputs),
    ...noTime(inputs),
    ...badMirror(inputs),
    ...problemsOf([podman]),
  ];
  if (problems.length > 0 || !podman.ok) return rejected(...problems);
  return parsed({ ...requestOf(inputs), podman: podman.value });
}

function requestOf(inputs: Inputs): Omit<ServicesRequest, 'podman'> {
  const { testService, testResults, pull, ports, logs, dryRun } = inputs;
  return {
    ...{ testService, testResults, pull, ports, logs, dryRun },
    variables: givenVariables(inputs),
    connections: inputs.registries,
    bindAddress: inputs.bindAddress ?? '127.0.0.1',
    waitTimeoutSeconds: inputs.waitTimeout,
    stopTimeoutSeconds: inputs.stopTimeout,
    overallTimeoutSeconds: inputs.overallTimeout,
    registryMirror: inputs.registryMirror,
    logFolder: inputs.logFolder,
    keepOnFailure: inputs.keepOnFailure,
    maxParallel: inputs.maxParallel,
  };
}

/** The lines of the input `environment` that can be read. */
export function givenVariables({ environment }: Inputs): ReadonlyMap<string, string> {
  return new Map(environment.map(splitVariable));
}

function splitVariable(line: string): readonly [string, string] {
  const equals = line.indexOf('=');
  return [line.slice(0, equals), line.slice(equals + 1)];
}

/** The line is told by its number: what stands in it may be a secret. */
function badVariables({ environment }: Inputs): readonly Problem[] {
  return environment.flatMap((line, at) => {
    if (/^[A-Za-z_]\w*=/.test(line)) return [];
    const what = `Expected NAME=value in line ${at + 1}.`;
    return [{ where: 'environment', what, change: 'Write one variable per line.' }];
  });
}

function badResults({ testResults, testService }: Inputs): readonly Problem[] {
  const where = 'testResults';
  const names = testResults.map((path) => basename(path));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return [
    ...testResults
      .filter((path) => !isAbsolute(path))
      .map((path) => ({
        where,
        what: `Expected an absolute path in the container, found "${path}".`,
        change: 'Begin it with /.',
      })),
    ...(twice === undefined
      ? []
      : [
          {
            where,
            what: `Two paths end in "${twice}", and both would be copied to one place.`,
            change: 'Name the folder around them, or rename one.',
          },
        ]),
    ...(testResults.length > 0 && testService === undefined
      ? [{ where, what: 'There is no test container.', change: 'Set testService, too.' }]
      : []),
  ];
}

function badAddress({ bindAddress = '127.0.0.1' }: Inputs): readonly Problem[] {
  if (/^\d{1,3}(\.\d{1,3}){3}$|^[\da-f:]*:[\da-f:.]*$/i.test(bindAddress)) return [];
  const what = `Expected an IP address, found "${bindAddress}".`;
  return [{ where: 'bindAddress', what, change: 'Write 127.0.0.1, 0.0.0.0 or another address.' }];
}

function noTime(inputs: Inputs): readonly Problem[] {
  const least = {
    waitTimeout: 'Give the slowest service time to start, e.g. 120.',
    overallTimeout: 'Give all images and services time, e.g. 600.',
    maxParallel: 'Let at least one container start at a time.',
  } as const;
  return Object.entries(least).flatMap(([where, change]) =>
    inputs[where as keyof typeof least] > 0
      ? []
      : [{ where, what: 'Expected at least 1, found 0.', change }],
  );
}

function badMirror({ registryMirror }: Inputs): readonly Problem[] {
  if (registryMirror === undefined || /^[\w.-]+(:\d+)?(\/[\w./-]+)?$/.test(registryMirror))
    return [];
  const what = `Expected a registry, found "${registryMirror}".`;
  const change = 'Write host[:port][/path] without https://, e.g. mirror.gcr.io.';
  return [{ where: 'registryMirror', what, change }];
}
