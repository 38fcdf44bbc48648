import type { BuildRequest } from '../buildx/build-request.ts';
import { writtenCache } from '../cache/cache-args.ts';
import type { RegistryCache } from '../cache/registry-cache.ts';
import { formatAttributes } from '../image/image-format.ts';
import { annotationOptions, annotationsOf, isOfIndex } from '../image/labels/annotations.ts';
import type { Annotation } from '../image/labels/annotations.ts';
import { withOwn } from '../image/labels/label-lines.ts';
import type { Labels } from '../image/labels/run-labels.ts';
import { taggedReference } from '../image/tags.ts';
import { type Platform, formatPlatform } from '../platform/platform.ts';
import type { Attributes, TargetDefinition } from './bake-definition.ts';
import type { BakedTarget } from './baked-targets.ts';

/** Where one target's result goes. */
export interface TargetForm {
  readonly cache: RegistryCache;
  /** Built here; none: the builder's own. */
  readonly platforms: readonly Platform[];
  /** Pushed without tags, to be merged afterwards. */
  readonly isByDigest: boolean;
}

/** Names, labels, attestations, caches and outputs of a target that was asked for. */
export function settledOutput(
  target: BakedTarget,
  request: BuildRequest,
  form: TargetForm,
): Partial<TargetDefinition> {
  const { definition, references, isPushed } = target;
  const { platforms, isByDigest } = form;
  const attest = attestationsOf(definition, request);
  const hasIndex = platforms.length > 1 || attest.some(({ disabled }) => disabled !== 'true');
  const takesIndex = hasIndex && !isByDigest;
  const annotations = annotationOptions(annotationsOfTarget(target, request), (level) =>
    takesIndex ? true : !isOfIndex(level),
  ).filter((option) => option !== '--annotation');
  return {
    tags: isByDigest ? [] : references.map(taggedReference),
    labels: { ...labelsOf(definition, request) },
    annotations: isPushed ? annotations : [],
    attest,
    ...(platforms.length === 0 ? {} : { platforms: platforms.map(formatPlatform) }),
    ...cachesOf(definition, request, form.cache),
    output: outputsOf(target, request, isByDigest),
  };
}

/** The run's own, the file's over them, and the inputs' over both. */
function labelsOf({ labels }: TargetDefinition, { image, bake }: BuildRequest): Labels {
  return withOwn(withOwn(image.labels, textsOf(labels)), bake?.labels ?? {});
}

/** Levels included: those of the index belong to the merge where there is one. */
export function annotationsOfTarget(
  { definition, isPushed }: BakedTarget,
  { image, bake }: BuildRequest,
): readonly Annotation[] {
  if (!isPushed) return [];
  const file = (definition.annotations ?? []).map((line): [string, string] => {
    const [, key = line, value = ''] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
    return [key, value];
  });
  const own = annotationsOf({ ...Object.fromEntries(file), ...bake?.annotations });
  const keys = own.map(({ key }) => key);
  return [...image.annotations.filter(({ key }) => !keys.includes(key)), ...own].filter(
    ({ value }) => value !== '',
  );
}

/** What a target writes on the agent, e.g. `out (local)`. */
export function writtenFiles({ output = [] }: TargetDefinition): readonly string[] {
  return output.flatMap(({ type = '', dest = '' }) => (dest === '' ? [] : [`${dest} (${type})`]));
}

function textsOf(labels: TargetDefinition['labels']): Labels {
  const entries = Object.entries(labels ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, value ?? '']));
}

/** The file's own word wins over the input's default, and loses to what was chosen. */
function attestationsOf(
  { attest = [] }: TargetDefinition,
  { attestations, run }: BuildRequest,
): Attributes[] {
  const { provenance, sbom } = attestations;
  const own = (type: string) => attest.find((each) => each['type'] === type);
  const builder: Attributes = run.url === undefined ? {} : { 'builder-id': run.url };
  const ofFile = own('provenance');
  const made: Attributes =
    provenance === 'none'
      ? { type: 'provenance', disabled: 'true' }
      : { type: 'provenance', mode: provenance, ...builder };
  const kept = ofFile === undefined || provenance !== 'min' ? made : withBuilder(ofFile, builder);
  const bill: Attributes = { type: 'sbom', ...(sbom ? {} : { disabled: 'true' }) };
  return [kept, sbom ? bill : (own('sbom') ?? bill)];
}

function withBuilder(own: Attributes, builder: Attributes): Attributes {
  return own['disabled'] === 'true' ? own : { ...builder, ...own };
}

/** The file's own caches stay beside ours, but that forks write none. */
function cachesOf(
  own: TargetDefinition,
  { format, run }: BuildRequest,
  { from, to, mode, isAfterPush }: RegistryCache,
): Partial<TargetDefinition> {
  const read = from.map((ref) => ({ type: 'registry', ref }));
  const written =
    to === undefined || isAfterPush ? [] : [{ ...writtenCache({ to, mode }, format) }];
  const kept = run.source.isFork ? [] : (own['cache-to'] ?? []);
  return {
    'cache-from': [...read, ...(own['cache-from'] ?? [])],
    'cache-to': [...written, ...kept],
  };
}

/** The file's outputs on the agent stay; whether and how the image is pushed is this step's to say. */
function outputsOf(
  { definition, references, isPushed }: BakedTarget,
  { format }: BuildRequest,
  isByDigest: boolean,
): Attributes[] {
  const elsewhere = ['image', 'registry', 'docker', 'cacheonly'];
  const own = (definition.output ?? []).filter(
    ({ type = '', dest }) => !elsewhere.includes(type) || (type === 'docker' && dest !== undefined),
  );
  const names = [...new Set(references.map(({ name }) => name))].join(',');
  const pushed: Attributes = {
    ...{ type: 'image', push: 'true', unpack: 'false' },
    ...(isByDigest ? { name: names, 'push-by-digest': 'true', 'name-canonical': 'true' } : {}),
    ...fieldsOf(formatAttributes(format)),
  };
  const outputs = isPushed ? [pushed, ...own] : own;
  return outputs.length === 0 ? [{ type: 'cacheonly' }] : outputs;
}

function fieldsOf(attributes: readonly string[]): Attributes {
  return Object.fromEntries(attributes.map((each) => each.split('=') as [string, string]));
}
