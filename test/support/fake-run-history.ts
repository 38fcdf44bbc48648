import type { EarlierRun, RunHistory } from '../../src/ports/run-history.ts';

/** A run with the reports that its steps attached, by name. */
export interface RememberedRun extends EarlierRun {
  readonly reports: Readonly<Record<string, string>>;
}

/** Stands for Azure DevOps and what it remembers of this pipeline; the newest first. */
export function fakeRunHistory(runs: readonly RememberedRun[] = []): RunHistory {
  return {
    runs: (branch) => Promise.resolve(runs.filter((run) => run.branch === branch)),
    attachment: ({ id }, _type, name) =>
      Promise.resolve(runs.find((run) => run.id === id)?.reports[name]),
  };
}
