import assert from 'node:assert/strict';
import type { BuildReport } from '../../../../src/core/report/build-report.ts';
import type { RunHistory } from '../../../../src/ports/run-history.ts';
import { earlierReport, nameOfReport } from '../../../../tasks/BuildxMultiArch/compare-run.ts';
import { plainRequest } from '../../../support/build-request.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { type RememberedRun, fakeRunHistory } from '../../../support/fake-run-history.ts';
import { replayedReport } from '../../../support/replayed-report.ts';

const host = new FakeHost({ variables: { 'Build.SourcesDirectory': '/w/1/s' } });
const name = nameOfReport(plainRequest, host);
const report = (ms: number): BuildReport => ({ ...replayedReport('cached'), ms });

function run(id: number, branch: string, change: Partial<RememberedRun> = {}): RememberedRun {
  const reports = { [name]: JSON.stringify(report(id)) };
  return { id, name: `2026.${id}`, branch, isSucceeded: true, reports, ...change };
}

const find = (history: RunHistory, targetRef?: string) => {
  const source = { ...plainRequest.run.source, ref: 'refs/pull/7/merge' };
  const own = { ...source, ...(targetRef === undefined ? {} : { targetRef }) };
  return earlierReport(
    { ...plainRequest, run: { ...plainRequest.run, source: own } },
    { host, history },
  );
};

describe('the run to compare with', () => {
  const main = run(1, 'refs/heads/main');
  const release = run(2, 'refs/heads/release');
  const own = run(3, 'refs/pull/7/merge');

  it("is the own branch's before the target's, and that before the default branch's", async () => {
    const ids = await Promise.all(
      [[own, release, main], [release, main], [main]].map(async (runs) => {
        const { report: found } = await find(fakeRunHistory(runs), 'refs/heads/release');
        return found?.ms;
      }),
    );
    assert.deepEqual(ids, [3, 2, 1]);
  });

  it('went well, if one of them did; a failed one has not reached every step', async () => {
    const failed = run(9, own.branch, { isSucceeded: false });
    assert.equal((await find(fakeRunHistory([failed, own]))).report?.ms, 3);
    assert.equal((await find(fakeRunHistory([failed]))).report?.ms, 9);
  });

  it('has a report of the same step, of a version that we know', async () => {
    const reports = { [name]: '{"schema":"daemonless.build","version":2}', other: '{}' };
    const { told } = await find(fakeRunHistory([run(4, own.branch, { reports }), own]));
    assert.deepEqual(told, { kind: 'run', id: 3, name: '2026.3', branch: own.branch });
  });

  it('is not there on a first run, which is said', async () => {
    const { told } = await find(fakeRunHistory());
    assert.deepEqual(told, {
      kind: 'none',
      reason: 'no earlier run of refs/pull/7/merge or refs/heads/main has a report of this step',
    });
  });

  it('is not worth a failure: what goes wrong is a note', async () => {
    const history = { ...fakeRunHistory(), runs: () => Promise.reject(new Error('403 Forbidden')) };
    const { told } = await find(history);
    const reason = 'the earlier runs could not be read (403 Forbidden)';
    assert.deepEqual(told, { kind: 'none', reason });
  });
});

describe('the name of a report', () => {
  it('does not depend on where the agent checks out', () => {
    const elsewhere = new FakeHost({ variables: { 'Build.SourcesDirectory': '/x/9/s' } });
    const sources = { ...plainRequest.sources, context: '/x/9/s', dockerfile: '/x/9/s/Dockerfile' };
    const here = { ...plainRequest.sources, context: '/w/1/s', dockerfile: '/w/1/s/Dockerfile' };
    assert.equal(
      nameOfReport({ ...plainRequest, sources }, elsewhere),
      nameOfReport({ ...plainRequest, sources: here }, host),
    );
  });

  it('differs for another target of the same Dockerfile', () => {
    const sources = { ...plainRequest.sources, target: 'tests' };
    assert.notEqual(nameOfReport({ ...plainRequest, sources }, host), name);
  });
});
