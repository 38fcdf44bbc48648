import { relative } from 'node:path/posix';
import * as v from 'valibot';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import {
  type BuildReport,
  buildReportSchema,
  reportType,
} from '../../src/core/report/build-report.ts';
import { bestFirst, branchesToCompare, reportName } from '../../src/core/report/comparable-runs.ts';
import type { EarlierRun } from '../../src/ports/run-history.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';

/** What an earlier run of the same step reported; without it, why there is nothing. */
export interface Comparison {
  readonly told: BuildReport['cache']['comparison'];
  readonly report?: BuildReport;
}

const reportText = v.pipe(v.string(), v.parseJson(), buildReportSchema);
/** Of each branch; runs that were not for this step have no such report. */
const mostAsked = 3;

type Ports = Pick<BuildTaskPorts, 'host' | 'history'>;

/** The name that this step's report has in every run. */
export function nameOfReport(
  { sources, image }: Pick<BuildRequest, 'sources' | 'image'>,
  host: Ports['host'],
): string {
  const root = host.variable('Build.SourcesDirectory') ?? '/';
  return reportName({
    context: sources.isRemote ? sources.context : relative(root, sources.context),
    dockerfile:
      sources.dockerfileText === undefined ? relative(root, sources.dockerfile) : 'inline',
    target: sources.target,
    images: [...new Set(image.references.map(({ name }) => name))],
  });
}

/** The last report of this step on the branch, else on those it came from. Never fails: it is a help only. */
export async function earlierReport(request: BuildRequest, ports: Ports): Promise<Comparison> {
  const name = nameOfReport(request, ports.host);
  const branches = branchesToCompare(request.run.source, request.cache?.defaultBranch ?? 'main');
  try {
    for (const branch of branches) {
      const found = await lastOn(branch, name, ports);
      if (found !== undefined) return found;
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return none(`the earlier runs could not be read (${ports.host.redact(cause)})`);
  }
  return none(`no earlier run of ${branches.join(' or ')} has a report of this step`);
}

async function lastOn(
  branch: string,
  name: string,
  { history }: Ports,
): Promise<Comparison | undefined> {
  const runs = bestFirst(await history.runs(branch)).slice(0, mostAsked);
  for (const run of runs) {
    const report = v.safeParse(reportText, await history.attachment(run, reportType, name));
    if (report.success) return { told: toldOf(run), report: report.output };
  }
  return undefined;
}

function toldOf({ id, name, branch }: EarlierRun): BuildReport['cache']['comparison'] {
  return { kind: 'run', id, name, branch };
}

function none(reason: string): Comparison {
  return { told: { kind: 'none', reason } };
}
