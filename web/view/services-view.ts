import { serviceSpans } from '../../src/core/report/service-spans.ts';
import type { ReportedService, ServicesReport } from '../../src/core/report/services-report.ts';
import { stateOf } from '../../src/core/report/services-summary.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import { bar } from './bars.ts';
import { chart } from './chart.ts';
import { copyButton } from './copy-button.ts';
import { imageCode } from './digest.ts';
import { type Child, code, element } from './element.ts';
import { facts, list, part } from './part.ts';
import { type Tone, resultStatus, status } from './status.ts';
import { type Cell, table } from './table.ts';

/** The report of one PodmanServices step. */
export function servicesView(report: ServicesReport): Child[] {
  const { result, ms, services, failure = [] } = report;
  return [
    failure.length === 0 ? undefined : element('div', { class: 'failure' }, list(failure)),
    facts([
      ['Result', resultStatus(result)],
      // With a test service this is also the time of the tests.
      ['Time', formatSeconds(ms)],
      ['Services', String(services.length)],
    ]),
    servicesTable(report),
    servicesTimeline(report),
  ];
}

const headings = [
  ...['Service', 'State', 'Image', 'Host and port', 'Pulled in', 'Started in', 'Ready after'],
  ...['Health checks', 'Restarts'],
];

function servicesTable(report: ServicesReport): HTMLElement | undefined {
  if (report.services.length === 0) return undefined;
  return part(
    'Services',
    table({
      ...{ caption: 'Services', headings, numbers: [4, 5, 6, 7, 8] },
      rows: report.services.map((service) => cells(service, report)),
    }),
  );
}

const tones: Readonly<Record<ReportedService['state'], Tone>> = {
  healthy: 'good',
  running: 'good',
  completed: 'good',
  exited: 'bad',
  'not ready': 'bad',
  'not started': 'plain',
};

function cells(service: ReportedService, { images }: ServicesReport): readonly Cell[] {
  const { image, address, from, started, ready, checks, restarts, state } = service;
  const pulled = images.find((one) => one.image === image);
  return [
    code(service.service),
    status(tones[state], stateOf(service)),
    imageCode(image),
    address === undefined
      ? ''
      : [code(address), copyButton(address, `the address of ${service.service}`)],
    pulled?.outcome === 'pulled' ? span(pulled.from, pulled.to) : (pulled?.outcome ?? ''),
    span(from, started),
    span(from, ready),
    checks === undefined ? '' : String(checks),
    restarts === 0 ? '' : String(restarts),
  ];
}

function span(from: number | undefined, to: number | undefined): string {
  return from === undefined || to === undefined ? '' : formatSeconds(to - from);
}

function servicesTimeline(report: ServicesReport): HTMLElement | undefined {
  const { services, ms } = report;
  if (ms === 0 || services.length === 0) return undefined;
  const rows = services.map((service) => ({
    label: code(service.service),
    time: span(service.from, service.ready),
    bar: drawn(service, report),
  }));
  const legend = 'Thin: image pulled. Middle: from start until ready. Tall: up.';
  const caption = 'When services were pulled, started and up';
  return part(
    'Timeline',
    element('p', { class: 'legend' }, legend),
    chart({ caption, heading: 'Service', end: ms, rows }),
  );
}

const kinds = [
  { kind: 'pull', word: 'pulled' },
  { kind: 'start', word: 'starting' },
  { kind: 'up', word: 'up' },
] as const;

function drawn(service: ReportedService, report: ServicesReport): SVGSVGElement {
  const spans = serviceSpans(service, report);
  const parts = kinds.flatMap(({ kind, word }) => {
    const found = spans[kind];
    return found === undefined ? [] : [{ span: found, kind, word }];
  });
  const told = parts.map(
    ({ span: [from, to], word }) => `${word} from ${formatSeconds(from)} to ${formatSeconds(to)}`,
  );
  return bar(parts, report.ms, told.join(', ') || 'never started');
}
