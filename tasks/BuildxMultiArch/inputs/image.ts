import type { ImageRequest } from '../../../src/core/image/image-request.ts';
import { annotationsOf } from '../../../src/core/image/labels/annotations.ts';
import { parseLabels, withOwn } from '../../../src/core/image/labels/label-lines.ts';
import {
  type Labels,
  ociLabels,
  pipelineLabels,
} from '../../../src/core/image/labels/run-labels.ts';
import { type NamedImages, imagesOf } from '../../../src/core/image/named-images.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../../src/core/parsed.ts';
import type { Inputs, Surroundings } from './surroundings.ts';

type ImageInputs = Pick<
  Inputs,
  | 'repository'
  | 'tags'
  | 'flavor'
  | 'labels'
  | 'annotations'
  | 'addPipelineData'
  | 'reproducible'
  | 'push'
>;

type Sources = Pick<Surroundings, 'facts' | 'variable' | 'holdsSecret' | 'runUrl'>;

export function parseImage(inputs: ImageInputs, sources: Sources): Parsed<ImageRequest> {
  const named = imagesOf(inputs, sources.facts);
  const labels = parseLabels('labels', inputs.labels, sources);
  const annotations = parseLabels('annotations', inputs.annotations, sources);
  const aimless = named.ok && named.value.images.length === 0 && inputs.push ? [nowhere] : [];
  const problems = [...problemsOf([named, labels, annotations]), ...aimless];
  if (!named.ok || !labels.ok || !annotations.ok || problems.length > 0) {
    return rejected(...problems);
  }
  const { images: references, version, outcomes: rules } = named.value;
  const made = madeLabels(named.value, inputs, sources);
  return parsed({
    ...{ references, version, rules, isPushed: inputs.push },
    labels: withOwn({ ...made.oci, ...made.pipeline }, labels.value),
    annotations: annotationsOf(withOwn(made.oci, annotations.value)),
  });
}

/** A value that holds a secret stays out: everybody who can pull an image reads its labels. */
function madeLabels(
  { version }: NamedImages,
  { addPipelineData, reproducible }: ImageInputs,
  { facts, variable, holdsSecret, runUrl }: Sources,
): { readonly oci: Labels; readonly pipeline: Labels } {
  const open = (labels: Labels): Labels =>
    Object.fromEntries(Object.entries(labels).filter(([, value]) => !holdsSecret(value)));
  if (reproducible) {
    // Nothing that another run of the same commit would have otherwise.
    const timeless = { ...facts, nowMs: facts.commitMs ?? 0 };
    const run = { facts: timeless, version: undefined, url: undefined };
    return { oci: open(ociLabels(variable, run)), pipeline: {} };
  }
  const url = addPipelineData ? runUrl : undefined;
  return {
    oci: open(ociLabels(variable, { facts, version, url })),
    pipeline: addPipelineData ? open(pipelineLabels(variable)) : {},
  };
}

const nowhere = {
  where: 'repository',
  what: 'Nothing says where to push the image.',
  change: 'Write e.g. my.azurecr.io/shop/orders, or set "push" to false.',
};
