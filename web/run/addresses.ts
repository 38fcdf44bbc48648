import type { Step } from './timeline.ts';

/** Pages of Azure DevOps, as its own links have them. */
export function addressesOf(run: {
  readonly collection: string;
  readonly project: string;
  readonly build: number;
}) {
  const results = (id: number, more: Readonly<Record<string, string>> = {}): string => {
    const query = new URLSearchParams({ buildId: String(id), ...more });
    const base = run.collection.replace(/\/*$/, '/');
    return `${base}${encodeURIComponent(run.project)}/_build/results?${String(query)}`;
  };
  return {
    run: (id: number): string => results(id),
    log: ({ jobRecord, record }: Pick<Step, 'jobRecord' | 'record'>): string =>
      results(run.build, {
        view: 'logs',
        ...(jobRecord === undefined ? {} : { j: jobRecord }),
        t: record,
      }),
  };
}
