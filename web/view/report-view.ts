import { countOutcomes } from '../../src/core/report/prune-report.ts';
import { resultOf } from '../../src/core/report/summary-head.ts';
import { formatBytes, formatSeconds } from '../../src/core/text/measures.ts';
import type { ReportContent } from '../run/read-report.ts';
import type { ShownReport } from '../run/run-state.ts';
import { buildView } from './build-view.ts';
import { doctorView } from './doctor-view.ts';
import { type Child, element, link } from './element.ts';
import { pruneView } from './prune-view.ts';
import { servicesView } from './services-view.ts';
import type { Tone } from './status.ts';

/** What a report says in one line. */
export interface ReportLine {
  readonly tone: Tone;
  readonly text: string;
}

export function reportLine(content: ReportContent): ReportLine {
  switch (content.kind) {
    case 'build': {
      const { subject, outcome } = resultOf(content.report);
      return { tone: tones[content.report.result], text: `${subject} ${outcome}` };
    }
    case 'services': {
      const { result, services, ms } = content.report;
      const count = services.length === 1 ? '1 service' : `${services.length} services`;
      return { tone: tones[result], text: `${count} ${result} after ${formatSeconds(ms)}` };
    }
    case 'doctor': {
      const isUsable = content.report.verdict !== 'not-usable';
      const text = isUsable ? 'Podman can run services' : 'Podman cannot run services';
      return { tone: isUsable ? 'good' : 'bad', text };
    }
    case 'prune': {
      const { result, repositories, dryRun } = content.report;
      const { deleted, untagged } = countOutcomes(repositories);
      const tags = deleted + untagged === 1 ? '1 tag' : `${deleted + untagged} tags`;
      return { tone: tones[result], text: `${tags} ${dryRun ? 'would go' : 'deleted'}` };
    }
    default:
      return { tone: 'plain', text: 'The report cannot be shown' };
  }
}

const tones = { succeeded: 'good', failed: 'bad', canceled: 'stopped' } as const;

/** All that a report says, or why it cannot be shown. */
export function reportBody(
  { content, address }: Pick<ShownReport, 'content' | 'address'>,
  runAddress: (id: number) => string,
): Child[] {
  const whole = link(address, 'Open the report itself');
  switch (content.kind) {
    case 'build':
      return buildView(content.report, runAddress);
    case 'services':
      return servicesView(content.report);
    case 'doctor':
      return doctorView(content.report);
    case 'prune':
      return pruneView(content.report);
    case 'unknown':
      return [element('p', {}, unknownText(content)), element('p', {}, whole)];
    case 'damaged':
      return told(`The report does not follow its schema: ${content.what}`, whole);
    case 'too-large':
      return told(`The report has more than ${formatBytes(content.bytes)}.`, whole);
    case 'gone':
      return told('Azure DevOps lists the report, but no longer has it.');
    case 'unread':
      return told(`The report could not be read. ${content.what}`, whole);
  }
}

function unknownText({ schema, version }: Extract<ReportContent, { kind: 'unknown' }>): string {
  const what = `The report has the schema ${schema}, version ${version}, which this tab does not know.`;
  return `${what} A newer extension made it: update the extension, or reload the page if that has just happened.`;
}

function told(sentence: string, ...more: readonly Child[]): Child[] {
  return [element('p', {}, sentence, ' ', ...more)];
}
