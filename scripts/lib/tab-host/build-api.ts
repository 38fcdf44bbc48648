import { type MockAnswer, json } from './mock-answer.ts';
import type { MockAttachment, MockRun } from './mock-run.ts';

/** Resources in preview want to be asked for as that (learn.microsoft.com, REST API versioning). */
const versions = { released: /^7\.0$/, preview: /^7\.0-preview(\.2)?$/ };

/** `path` begins behind `builds`. */
export function answerFor(url: URL, path: string, runs: readonly MockRun[]): MockAnswer {
  const isPreview = path.includes('/attachments/');
  const version = url.searchParams.get('api-version') ?? '';
  if (!versions[isPreview ? 'preview' : 'released'].test(version)) {
    return json(400, { message: `The api-version "${version}" is not one of this resource.` });
  }
  if (path === '') return listed(earlierRuns(url.searchParams, runs).map(buildOf));
  const [, id, ...rest] = path.split('/').map(decodeURIComponent);
  const run = runs.find((one) => one.id === Number(id));
  if (run === undefined)
    return json(404, { message: `The requested build ${id} could not be found.` });
  return answerOfRun(run, rest, url) ?? json(404, { message: 'Page not found.' });
}

function answerOfRun(run: MockRun, rest: readonly string[], url: URL): MockAnswer | undefined {
  const [first, second, third, type, name] = rest;
  if (first === undefined) return json(200, buildOf(run));
  if (first === 'timeline') return json(200, { id: run.timeline, records: run.records });
  if (first === 'attachments') return attachmentsOf(run, second ?? '', url);
  if (third !== 'attachments') return undefined;
  const found = run.attachments.find(
    (one) =>
      one.timeline === first && one.record === second && one.type === type && one.name === name,
  );
  if (found?.text === undefined) return undefined;
  return { status: 200, type: 'application/octet-stream', body: found.text };
}

/** A type of which there is nothing is not found, as some servers have it. */
function attachmentsOf(
  run: MockRun,
  type: string,
  { origin, pathname }: URL,
): MockAnswer | undefined {
  const found = run.attachments.filter((one) => one.type === type);
  if (found.length === 0) return undefined;
  const builds = origin + pathname.slice(0, pathname.indexOf('/attachments/'));
  const hrefOf = ({ timeline, record, name }: MockAttachment): string =>
    [builds, ...[timeline, record, 'attachments', type, name].map(encodeURIComponent)].join('/');
  return listed(found.map((one) => ({ name: one.name, _links: { self: { href: hrefOf(one) } } })));
}

function earlierRuns(query: URLSearchParams, runs: readonly MockRun[]): readonly MockRun[] {
  return runs
    .filter(({ definition }) => String(definition) === query.get('definitions'))
    .filter(({ sourceBranch }) => sourceBranch === query.get('branchName'))
    .filter(({ status }) => status === (query.get('statusFilter') ?? status))
    .filter(({ finishTime = '' }) => finishTime <= (query.get('maxTime') ?? finishTime))
    .sort((a, b) => (b.finishTime ?? '').localeCompare(a.finishTime ?? ''))
    .slice(0, Number(query.get('$top') ?? '1000'));
}

function buildOf({
  id,
  buildNumber,
  status,
  result,
  definition,
  sourceBranch,
  finishTime,
}: MockRun) {
  return {
    ...{ id, buildNumber, status, result, sourceBranch, finishTime },
    definition: { id: definition, name: 'orders' },
  };
}

function listed(value: readonly unknown[]): MockAnswer {
  return json(200, { count: value.length, value });
}
