import type { BuildReport } from '../../src/core/report/build-report.ts';
import { pinnedReference } from '../../src/core/report/summary-head.ts';
import { formatBytes, formatSeconds } from '../../src/core/text/measures.ts';
import { copyButton } from './copy-button.ts';
import { digest } from './digest.ts';
import { code, element } from './element.ts';
import { part } from './part.ts';
import { table } from './table.ts';

/** What was made: references, platforms, targets of a bake. */
export function buildImages(report: BuildReport): readonly (HTMLElement | undefined)[] {
  const isOneImage = (report.targets ?? []).length < 2;
  return [
    isOneImage ? imagePart(report) : undefined,
    targetsPart(report),
    platformsPart(report, isOneImage),
  ];
}

function imagePart({ image, result }: BuildReport): HTMLElement | undefined {
  const { references, isPushed } = image;
  if (references.length === 0) return undefined;
  const rows = references.map((reference) => [
    [code(reference), copyButton(reference, reference)],
    digest(image.digest, reference),
  ]);
  const pinned = pinnedReference(image);
  const pull = pinned === undefined ? undefined : `podman pull ${pinned}`;
  return part(
    isPushed && result === 'succeeded' ? 'Pushed image' : 'Image, not pushed',
    table({ caption: 'The image under all its names', headings: ['Reference', 'Digest'], rows }),
    pull === undefined
      ? undefined
      : element('p', {}, code(pull), copyButton(pull, 'the command that pulls it')),
  );
}

function targetsPart({ targets = [] }: BuildReport): HTMLElement | undefined {
  if (targets.length === 0) return undefined;
  const rows = targets.map(({ name, references, digest: found, cached, reached }) => [
    code(name),
    references.map((one) => element('div', {}, code(one), copyButton(one, one))),
    `${cached} of ${reached}`,
    digest(found, name),
  ]);
  const headings = ['Target', 'References', 'Cached', 'Digest'];
  return part(
    'Targets of the bake',
    table({ caption: 'Targets of the bake', headings, rows, numbers: [2] }),
  );
}

function platformsPart({ platforms }: BuildReport, isOneImage: boolean): HTMLElement | undefined {
  if (platforms.length === 0) return undefined;
  const rows = platforms.map(({ platform, isEmulated, ms, cached, reached, size, ...one }) => [
    platform,
    isEmulated ? 'emulated' : 'native',
    formatSeconds(ms),
    `${cached} of ${reached}`,
    isOneImage && size !== undefined ? formatBytes(size) : '',
    isOneImage ? digest(one.digest, platform) : '',
  ]);
  const headings = ['Platform', 'Runs', 'Time', 'Cached', 'Size', 'Digest'];
  return part('Platforms', table({ caption: 'Platforms', headings, rows, numbers: [2, 3, 4] }));
}
