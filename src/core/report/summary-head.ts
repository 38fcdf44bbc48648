import { percentCached } from '../buildx/progress.ts';
import { code } from '../text/markdown.ts';
import { formatBytes, formatSeconds } from '../text/measures.ts';
import type { BuildReport } from './build-report.ts';

/** What was built, and what became of it. */
export interface BuildResult {
  /** `name:tag`, or e.g. `2 targets`. */
  readonly subject: string;
  readonly isImage: boolean;
  /** e.g. `pushed in 61.0 s`. */
  readonly outcome: string;
}

/** The image, or the targets of a bake of several. */
export function resultOf({ result, image, targets = [], ms }: BuildReport): BuildResult {
  const verbs = {
    succeeded: image.isPushed ? 'pushed' : 'built',
    failed: 'failed',
    canceled: 'canceled',
  };
  const time = `in ${formatSeconds(ms)}`;
  if (targets.length < 2) {
    const subject = image.references[0] ?? 'A build without an image';
    return { subject, isImage: true, outcome: `${verbs[result]} ${time}` };
  }
  const pushed = image.isPushed ? targets.filter(({ references }) => references.length > 0) : [];
  const some = pushed.length > 0 && pushed.length < targets.length;
  const verb =
    result === 'succeeded' && some ? `built, ${pushed.length} of them pushed,` : verbs[result];
  return { subject: `${targets.length} targets`, isImage: false, outcome: `${verb} ${time}` };
}

/** The same as Markdown. */
export function headline(report: BuildReport): string {
  const { subject, isImage, outcome } = resultOf(report);
  return `**${isImage ? code(subject) : subject}** ${outcome}`;
}

/** What the image is and how it came to be; images of several targets stand in the table of these. */
export function factRows(report: BuildReport): readonly (readonly string[])[] {
  const { image, cache, builder } = report;
  const share = `${cache.cached} of ${cache.reached} steps (${percentCached(cache)} %)`;
  const nodes = builder.nodes.map(
    ({ endpoint, buildkitVersion }) => `${endpoint}, BuildKit ${buildkitVersion}`,
  );
  return [
    ['', ''],
    ...((report.targets ?? []).length > 1 ? [] : imageRows(image)),
    ...(cache.reached === 0 && report.result !== 'succeeded' ? [] : [['Cached', share]]),
    ...cache.to.map((ref) => ['Cache', code(ref)]),
    ['Time', timeText(report)],
    ['Builder', nodes.join('; ')],
  ];
}

function imageRows(image: BuildReport['image']): string[][] {
  return [
    ...(image.digest === undefined ? [] : [['Digest', code(image.digest)]]),
    ...pullRow(image),
    ...image.references.slice(1).map((reference) => ['Also', code(reference)]),
  ];
}

function pullRow(image: BuildReport['image']): string[][] {
  const reference = pinnedReference(image);
  return reference === undefined ? [] : [['Pull', code(`podman pull ${reference}`)]];
}

/** `name@digest` of what was pushed. */
export function pinnedReference(image: BuildReport['image']): string | undefined {
  const { isPushed, digest, references } = image;
  const name = references[0]?.replace(/:[^:/]+$/, '');
  return !isPushed || digest === undefined || name === undefined ? undefined : `${name}@${digest}`;
}

/** e.g. `context 0.1 s (26 B), base images 0.5 s, steps 1.2 s (1.8 at once)`. */
export function timeText({ phases, parallelFactor, criticalPath }: BuildReport): string {
  const names: Readonly<Record<string, string>> = {
    pull: 'base images',
    build: 'steps',
    cacheImport: 'cache import',
    cacheExport: 'cache export',
  };
  const told = phases
    .filter(({ phase }) => phase !== 'other')
    .map(({ phase, ms, bytes }) => {
      const size = bytes === undefined ? '' : ` (${formatBytes(bytes)})`;
      const factor = phase === 'build' ? ` (${parallelFactor} at once)` : '';
      return `${names[phase] ?? phase} ${formatSeconds(ms)}${size}${factor}`;
    });
  return [...told, `longest chain ${formatSeconds(criticalPath.ms)}`].join(', ');
}
