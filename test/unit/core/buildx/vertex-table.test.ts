import assert from 'node:assert/strict';
import { parseProgressLine } from '../../../../src/core/buildx/rawjson.ts';
import { VertexTable, workedMs } from '../../../../src/core/buildx/vertex-table.ts';

interface Told {
  readonly digest: string;
  readonly name?: string;
  readonly inputs?: readonly string[];
  /** Seconds of a minute. */
  readonly from?: number;
  readonly to?: number;
  readonly cached?: boolean;
}

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

const tableOf = (...told: readonly Told[]): VertexTable => {
  const table = new VertexTable();
  for (const { from, to, ...vertex } of told) {
    const started = from === undefined ? {} : { started: at(from) };
    const completed = to === undefined ? {} : { completed: at(to) };
    const line = JSON.stringify({ vertexes: [{ ...vertex, ...started, ...completed }] });
    const event = parseProgressLine(line);
    assert.ok(event);
    table.accept(event);
  }
  return table;
};

const workOf = (...told: readonly Omit<Told, 'digest'>[]): number => {
  const [vertex] = tableOf(...told.map((one) => ({ digest: 'v', ...one }))).all;
  assert.ok(vertex);
  return workedMs(vertex);
};

describe('the work of a vertex', () => {
  it('is the sum of its runs, not the time from first to last', () => {
    assert.equal(workOf({ from: 0 }, { from: 0, to: 2 }, { from: 10 }, { from: 10, to: 13 }), 5000);
  });

  it('counts time once where its runs overlap', () => {
    assert.equal(workOf({ from: 0, to: 10 }, { from: 2, to: 4 }, { from: 8, to: 12 }), 12_000);
  });

  it('is nothing before it ends, and nothing when it was cached', () => {
    assert.equal(workOf({ from: 5 }), 0);
    assert.equal(workOf({ from: 5, to: 5, cached: true }), 0);
  });
});

describe('the vertices of a build', () => {
  it('are numbered in the order they come to life', () => {
    const table = tableOf({ digest: 'a' }, { digest: 'b', from: 1 }, { digest: 'a', from: 2 });
    assert.deepEqual(
      table.all.map(({ digest, number }) => [digest, number]),
      [
        ['a', 2],
        ['b', 1],
      ],
    );
  });

  it('stay cached when their layer is fetched later', () => {
    const table = tableOf(
      { digest: 'a', from: 1, to: 1, cached: true },
      { digest: 'a', from: 2, to: 3 },
    );
    assert.equal(table.find('a')?.cached, true);
  });

  it('without a platform in their name have that of what they are made from', () => {
    const table = tableOf(
      { digest: 'arm', name: '[linux/arm64 base 1/3] FROM a' },
      { digest: 'amd', name: '[linux/amd64 base 1/3] FROM a' },
      { digest: 'copy', name: '[2/3] COPY a b', inputs: ['arm', 'context'] },
      { digest: 'run', name: '[3/3] RUN a', inputs: ['copy'] },
      { digest: 'both', name: 'merge', inputs: ['run', 'amd'] },
      { digest: 'context', name: '[internal] load build context' },
    );
    const platforms = ['run', 'both', 'context'].map((digest) => {
      const vertex = table.find(digest);
      return vertex === undefined ? undefined : table.platformOf(vertex);
    });
    assert.deepEqual(platforms, ['linux/arm64', undefined, undefined]);
  });
});
