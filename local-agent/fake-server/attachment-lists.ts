import type { StoredAttachment, StoredRun } from './run-store.ts';

/** This run, which goes on, and those before it. */
export interface KnownRuns {
  readonly buildId: number;
  readonly attachments: () => readonly StoredAttachment[];
  /** The last to finish first. */
  readonly earlierRuns: readonly StoredRun[];
}

/** Of this run or an earlier one; undefined for a run that never was. */
export function attachmentsOf(
  build: number,
  { buildId, attachments, earlierRuns }: KnownRuns,
): readonly StoredAttachment[] | undefined {
  if (build === buildId) return attachments();
  return earlierRuns.find(({ id }) => id === build)?.attachments;
}

/** As the REST API lists them: ids are in the addresses alone. */
export function listAttachments(
  url: URL,
  type: string,
  attachments: readonly StoredAttachment[],
): readonly unknown[] {
  const base = url.pathname.slice(0, url.pathname.indexOf('/attachments/'));
  return attachments
    .filter((item) => item.type === type && item.stored !== null)
    .map(({ timelineId, recordId, name }) => {
      const path = [timelineId, recordId, 'attachments', type, name]
        .map(encodeURIComponent)
        .join('/');
      return { name, _links: { self: { href: `${url.origin}${base}/${path}` } } };
    });
}
