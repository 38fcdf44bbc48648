import pLimit from 'p-limit';
import { reportType } from '../../src/core/report/build-report.ts';
import type { BuildServer } from '../server/build-server.ts';
import { ServerError, troubleOf } from '../server/server-error.ts';
import type { AttachmentPlace } from './attachment-place.ts';
import type { ReportContent } from './read-report.ts';
import { readReport } from './read-report.ts';
import type { RunState, ShownReport } from './run-state.ts';
import { type ShownAttachment, shownAttachments, stepsWithoutReport } from './shown-attachments.ts';
import type { Timeline } from './timeline.ts';

const types = [reportType, 'daemonless.doctor'];
const atOnce = 6;

/** Reads the run as it is now. What `known` holds is not read again. @throws ServerError when the run cannot be read */
export async function readRun(
  id: number,
  server: BuildServer,
  known: readonly ShownReport[],
): Promise<RunState> {
  // First: reports are attached before a run ends.
  const build = await server.build(id);
  const [timeline, ...lists] = await Promise.all([
    timelineOf(id, server),
    ...types.map((type) => server.attachments(id, type)),
  ]);
  const { shown, earlier } = shownAttachments(lists.flat(), timeline);
  const limit = pLimit(atOnce);
  const reports = await Promise.all(
    shown.map((one) => limit(() => shownReport(id, one, server, known))),
  );
  return { build, reports, silent: stepsWithoutReport(timeline, shown), earlier };
}

/** Without it reports have no step's name; that is no reason to show none. */
async function timelineOf(id: number, server: BuildServer): Promise<Timeline | undefined> {
  try {
    return await server.timeline(id);
  } catch (error) {
    if (error instanceof ServerError) return undefined;
    throw error;
  }
}

async function shownReport(
  id: number,
  { place, step }: ShownAttachment,
  server: BuildServer,
  known: readonly ShownReport[],
): Promise<ShownReport> {
  const { timeline, record, type, name } = place;
  const key = [timeline, record, type, name, step?.finished ?? ''].join(' ');
  const content =
    known.find((one) => one.key === key)?.content ?? (await contentOf(id, place, server));
  return { key, step, name, content, address: server.address(id, place) };
}

async function contentOf(
  id: number,
  place: AttachmentPlace,
  server: BuildServer,
): Promise<ReportContent> {
  try {
    return readReport(await server.content(id, place));
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble.kind === 'not-found') return { kind: 'gone' };
    if (trouble.kind === 'too-large') return trouble;
    const what = trouble.kind === 'not-allowed' ? 'You may not read it.' : trouble.what;
    return { kind: 'unread', what };
  }
}
