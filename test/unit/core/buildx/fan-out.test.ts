import assert from 'node:assert/strict';
import { mergeArguments } from '../../../../src/core/buildx/merge-args.ts';
import { eventOfPlatform } from '../../../../src/core/buildx/platform-events.ts';
import type { ProgressEvent } from '../../../../src/core/buildx/rawjson.ts';
import { VertexTable } from '../../../../src/core/buildx/vertex-table.ts';

const vertex = { inputs: [], started: 1, completed: 2, cached: false, error: '' };
const event: ProgressEvent = {
  vertexes: [
    { ...vertex, digest: 'sha256:a', name: '[base 1/2] RUN make' },
    { ...vertex, digest: 'sha256:b', name: 'exporting to image', inputs: ['sha256:a'] },
  ],
  statuses: [],
  logs: [],
  warnings: [],
};

describe('builds for single platforms, side by side', () => {
  it('are told as one build, with equal vertices kept apart', () => {
    const table = new VertexTable();
    table.accept(eventOfPlatform(event, 'linux/amd64'));
    table.accept(eventOfPlatform(event, 'linux/arm64'));
    assert.deepEqual(
      table.all.map(({ name, step }) => [name, step?.platform]),
      [
        ['[linux/amd64 base 1/2] RUN make', 'linux/amd64'],
        ['exporting to image', undefined],
        ['[linux/arm64 base 1/2] RUN make', 'linux/arm64'],
        ['exporting to image', undefined],
      ],
    );
    assert.equal(
      table.all.map((each) => table.platformOf(each)).join(),
      ['linux/amd64', 'linux/amd64', 'linux/arm64', 'linux/arm64'].join(),
    );
  });

  it('do not name a platform twice where buildx names it already', () => {
    const [first] = event.vertexes;
    assert.ok(first);
    const named = { ...event, vertexes: [{ ...first, name: '[linux/arm64 base 1/2] RUN make' }] };
    const [told] = eventOfPlatform(named, 'linux/arm64').vertexes;
    assert.equal(told?.name, '[linux/arm64 base 1/2] RUN make');
  });
});

describe('the merge of builds for single platforms', () => {
  it('makes one index of the digests in each repository, under its own tags', () => {
    const images = [
      { name: 'a.io/orders', tag: '1' },
      { name: 'a.io/orders', tag: 'latest' },
      { name: 'b.io/orders', tag: '1' },
    ];
    const annotations = [
      { levels: ['manifest', 'index'], key: 'k', value: 'of index' },
      { levels: ['manifest'], key: 'k', value: 'of manifest' },
    ];
    const calls = mergeArguments(
      { references: images, annotations },
      ['sha256:x', 'sha256:y'],
      '/t/m.json',
    );
    assert.deepEqual(
      calls.map((args) => args.slice(5).join(' ')),
      [
        '--annotation index:k=of index --tag a.io/orders:1 --tag a.io/orders:latest a.io/orders@sha256:x a.io/orders@sha256:y',
        '--annotation index:k=of index --tag b.io/orders:1 b.io/orders@sha256:x b.io/orders@sha256:y',
      ],
    );
  });
});
