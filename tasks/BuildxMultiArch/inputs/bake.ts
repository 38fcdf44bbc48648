import { join } from 'node:path/posix';
import type { BakeRequest } from '../../../src/core/bake/bake-request.ts';
import type { BuildSources } from '../../../src/core/buildx/build-sources.ts';
import { checkedLines } from '../../../src/core/buildx/option-lines.ts';
import type { Problem } from '../../../src/core/errors.ts';
import { parseLabels } from '../../../src/core/image/labels/label-lines.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../../src/core/parsed.ts';
import { givenDockerfile } from './sources.ts';
import type { Inputs, Surroundings } from './surroundings.ts';

/** Inputs that a bake file says for each target, with the attribute that it says them by. */
const ofTargets = {
  repository: 'tags',
  tags: 'tags',
  flavor: 'tags',
  context: 'context',
  dockerfile: 'dockerfile',
  dockerfileInline: 'dockerfile-inline',
  target: 'target',
  buildContexts: 'contexts',
  cacheFrom: 'cache-from',
  cacheTo: 'cache-to',
  ociLayout: 'output',
  tarFile: 'output',
  localFolder: 'output',
  outputs: 'output',
} as const;

type OfTargets = keyof typeof ofTargets;

/** Whether a bake file says what is built. */
export function isBake({ bakeFile, bakeTargets }: Pick<Inputs, 'bakeFile' | 'bakeTargets'>) {
  return bakeFile.length > 0 || bakeTargets.length > 0;
}

/** The bake that is asked for; undefined for a build. Inputs that make no sense beside it are all refused. */
export function parseBake(
  inputs: Inputs,
  surroundings: Surroundings,
): Parsed<BakeRequest | undefined> {
  if (!isBake(inputs)) {
    return inputs.bakeSet.length === 0 ? parsed(undefined) : rejected(nothingToSet);
  }
  const targets = inputs.bakeTargets.flatMap((line) => line.split(/[\s,]+/)).filter(Boolean);
  const overrides = checkedLines('bakeSet', inputs.bakeSet, (line) =>
    overrideProblem(line, surroundings.holdsSecret),
  );
  const names = checkedLines('bakeTargets', targets, targetProblem);
  const labels = parseLabels('labels', inputs.labels, surroundings);
  const annotations = parseLabels('annotations', inputs.annotations, surroundings);
  const problems = [
    ...problemsOf([overrides, names, labels, annotations]),
    ...refused(inputs, surroundings),
  ];
  if (!labels.ok || !annotations.ok || problems.length > 0) return rejected(...problems);
  return parsed({
    ...{ files: inputs.bakeFile, targets, overrides: inputs.bakeSet },
    ...{ labels: labels.value, annotations: annotations.value },
  });
}

/** The inputs as other topics read them: what the file says is left out, so that nothing is told twice. */
export function besideBake(inputs: Inputs): Inputs {
  if (!isBake(inputs)) return inputs;
  const nothing = { context: undefined, dockerfile: undefined, dockerfileInline: undefined };
  const noOutputs = { ociLayout: undefined, tarFile: undefined, localFolder: undefined };
  return {
    ...inputs,
    ...nothing,
    ...noOutputs,
    ...{ repository: [], tags: [], flavor: [], labels: [], annotations: [], buildContexts: [] },
    ...{ cacheFrom: [], cacheTo: [], outputs: [], target: undefined },
    ...{ load: 'none', maxImageSize: undefined },
  };
}

/** In place of a context and a Dockerfile there is the file, with its targets as the stage. */
export function bakeSources(
  { bakeFile, bakeTargets }: Inputs,
  { sourcesFolder }: Surroundings,
  sources: BuildSources,
): BuildSources {
  const target = bakeTargets.length === 0 ? undefined : bakeTargets.join(',');
  const dockerfile = join(sourcesFolder, bakeFile[0] ?? 'docker-bake.hcl');
  return { ...sources, context: sourcesFolder, dockerfile, target };
}

function refused(inputs: Inputs, surroundings: Surroundings): readonly Problem[] {
  const told = (Object.keys(ofTargets) as OfTargets[])
    .filter((name) => isGiven(name, inputs, surroundings))
    .map((where) => ({
      where,
      what: 'With a bake file each target says this for itself.',
      change: `Write "${ofTargets[where]}" into the targets, or set it by "bakeSet", and remove the input.`,
    }));
  const ofOneImage = [
    ...(inputs.load === 'none' ? [] : ['load']),
    ...(inputs.maxImageSize === undefined ? [] : ['maxImageSize']),
  ];
  return [
    ...told,
    ...ofOneImage.map((where) => ({
      where,
      what: 'It is about one image, and a bake file may make several.',
      change: 'Remove it, or build that image in a step of its own.',
    })),
  ];
}

function isGiven(name: OfTargets, inputs: Inputs, surroundings: Surroundings): boolean {
  if (name === 'dockerfile') return givenDockerfile(inputs.dockerfile, surroundings) !== undefined;
  // The default cannot be told from the same thing written.
  if (name === 'tags') return !isDefaultTag(inputs.tags, surroundings);
  return inputs[name] !== undefined && inputs[name].length > 0;
}

function isDefaultTag(tags: readonly string[], { variable }: Surroundings): boolean {
  const defaults = ['$(Build.BuildId)', variable('Build.BuildId')];
  return tags.every((tag) => defaults.includes(tag));
}

function overrideProblem(line: string, holdsSecret: (text: string) => boolean) {
  if (holdsSecret(line)) {
    return {
      what: 'A line holds a secret, and every user of the agent can read the arguments of buildx.',
      change: 'Use "secrets", or a variable of the bake file that the "env" of this step sets.',
    };
  }
  if (/^[^\s=.]+\.[\w-]+(\.[^\s=]+)?\+?=/.test(line)) return undefined;
  return {
    what: `Expected TARGET.KEY=value, found "${line}".`,
    change: 'Write one a line, e.g. api.args.VERSION=2 or *.platform=linux/amd64.',
  };
}

function targetProblem(name: string) {
  return /^[\w-]+$/.test(name)
    ? undefined
    : {
        what: `Expected the name of a target or group, found "${name}".`,
        change: 'Write one a line.',
      };
}

const nothingToSet: Problem = {
  where: 'bakeSet',
  what: 'It changes targets of a bake file, and no bake file is named.',
  change: 'Name one in "bakeFile".',
};
