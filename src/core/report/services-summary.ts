import { code, block, escaped, markdownTable } from '../text/markdown.ts';
import { formatSeconds } from '../text/measures.ts';
import type { Interval } from './intervals.ts';
import { serviceSpans } from './service-spans.ts';
import type { ReportedService, ServicesReport } from './services-report.ts';

const width = 40;

/** The report as Markdown for the Extensions tab. */
export function servicesSummary(report: ServicesReport): string {
  const { result, services, ms, failure = [] } = report;
  const count = services.length === 1 ? '1 service' : `${services.length} services`;
  const parts = [
    // With a test service this is also the time of the tests.
    [`**${count}** ${result} after ${formatSeconds(ms)}`],
    failure.map((line) => `- ${escaped(line)}`),
    markdownTable([headings, ...services.map((service) => cells(service, report))]),
    ['When what was at work: `░` pull, `▒` start until ready, `█` up', '', ...timelineOf(report)],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const headings = ['Service', 'State', 'Image', 'Pull', 'Start', 'Ready', 'Restarts', 'Address'];

function cells(service: ReportedService, { images }: ServicesReport): readonly string[] {
  const { from, started, ready, checks, restarts, address } = service;
  const pull = images.find(({ image }) => image === service.image);
  const looks = checks === undefined ? '' : checks === 1 ? ', 1 check' : `, ${checks} checks`;
  return [
    code(service.service),
    stateOf(service),
    code(service.image),
    pull?.outcome === 'pulled' ? span(pull.from, pull.to) : (pull?.outcome ?? ''),
    span(from, started),
    ready === undefined ? '' : `${span(started, ready)}${looks}`,
    restarts === 0 ? '' : String(restarts),
    address === undefined ? '' : code(address),
  ];
}

/** e.g. `exited (137, out of memory)`. */
export function stateOf({ state, exitCode, oomKilled }: ReportedService): string {
  const memory = oomKilled ? ', out of memory' : '';
  return exitCode === undefined || exitCode === 0 ? state : `${state} (${exitCode}${memory})`;
}

function span(from: number | undefined, to: number | undefined): string {
  return from === undefined || to === undefined ? '' : formatSeconds(to - from);
}

/** One line for each service; empty when nothing has taken any time. */
function timelineOf(report: ServicesReport): readonly string[] {
  const { services, ms } = report;
  if (ms === 0) return [];
  const longest = Math.max(...services.map(({ service }) => service.length));
  const scale = `${''.padEnd(longest)}  0 s${formatSeconds(ms).padStart(width - 3)}`;
  const bars = services.map(
    (service) => `${service.service.padEnd(longest)}  ${bar(service, report)}`,
  );
  return block([scale, ...bars]);
}

function bar(service: ReportedService, report: ServicesReport): string {
  const { pull, start, up } = serviceSpans(service, report);
  const signOf = (at: number): string => {
    if (holds(up, at)) return '█';
    if (holds(start, at)) return '▒';
    return holds(pull, at) ? '░' : '·';
  };
  const { ms } = report;
  return Array.from({ length: width }, (_, cell) => signOf(((cell + 0.5) / width) * ms)).join('');
}

function holds(span: Interval | undefined, at: number): boolean {
  return span !== undefined && at >= span[0] && at < span[1];
}
