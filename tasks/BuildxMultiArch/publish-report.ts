import { type BuildReport, reportType } from '../../src/core/report/build-report.ts';
import { buildSummary } from '../../src/core/report/build-summary.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { StepPaths } from './step-paths.ts';

/** Attaches the report and shows the summary. */
export async function publishReport(
  report: BuildReport,
  name: string,
  paths: StepPaths,
  { host, files }: Pick<TaskPorts, 'host' | 'files'>,
): Promise<void> {
  await files.writeText(paths.reportFile, `${JSON.stringify(report)}\n`);
  await files.writeText(paths.summaryFile, buildSummary(report));
  host.attach(reportType, name, paths.reportFile);
  host.uploadSummary(paths.summaryFile);
  host.setOutput('report', paths.reportFile);
}
