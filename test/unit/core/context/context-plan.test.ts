import assert from 'node:assert/strict';
import type { ContextEntry } from '../../../../src/core/context/context-file.ts';
import { reasonToSendAsItIs } from '../../../../src/core/context/context-plan.ts';
import { ignoreRules } from '../../../../src/core/context/ignore-rules.ts';
import { largeContext } from '../../../../src/core/context/large-context.ts';
import { timeHazard } from '../../../../src/core/context/time-hazard.ts';

const file = (path: string, bytes: number): ContextEntry => ({ path, kind: 'file', bytes });
const mount = (target: string): string => `FROM a\nRUN --mount=type=cache,target=${target} build`;

describe('times of the files of a context', () => {
  const safe = [
    'FROM a\nRUN make\n# RUN cargo build\nRUN cargo build',
    ...['/root/.npm', '/var/cache/apt', '/go/pkg/mod', '/root/.cache/go-build'].map(mount),
    ...['/usr/local/cargo/registry', '/root/.m2/repository', '/root/.nuget/packages'].map(mount),
    'FROM a\nRUN --mount=type=bind,target=/src make',
  ];
  for (const dockerfile of safe) {
    it(`may follow from content with ${JSON.stringify(dockerfile)}`, () => {
      assert.equal(timeHazard(dockerfile), undefined);
    });
  }

  const hazards: readonly (readonly [string, RegExp])[] = [
    [mount('/src/target'), /mounts a cache at \/src\/target/],
    ['FROM a\nRUN --mount=target=/b/obj,type=cache \\\n  make', /at \/b\/obj,/],
    ['FROM a\nRUN --mount=type=cache,id=x,dst=/out make', /at \/out,/],
    ['FROM a\nRUN cargo build\nCOPY . .\nrun cargo build', /several RUN steps call cargo/],
  ];
  for (const [dockerfile, reason] of hazards) {
    it(`stay as they are with ${JSON.stringify(dockerfile)}`, () => {
      assert.match(timeHazard(dockerfile) ?? '', reason);
    });
  }

  const reason = (
    times: 'auto' | 'content' | 'checkout',
    found: { readonly dockerfile?: string; readonly ignored?: string },
    entries: readonly ContextEntry[] = [],
  ): string | undefined =>
    reasonToSendAsItIs(
      times,
      { dockerfile: found.dockerfile ?? '', rules: ignoreRules(found.ignored ?? '') },
      entries,
    );

  it('obey the input before all', () => {
    assert.equal(reason('checkout', {}), 'contextTimes is checkout');
    assert.equal(reason('content', { dockerfile: mount('/src/target') }), undefined);
  });

  it('stay as they are where a copy would be too large, or not the same', () => {
    assert.match(reason('auto', {}, [file('a', 1_000_000_001)]) ?? '', /more than 1\.0 GB/);
    const many = Array.from({ length: 20_001 }, (_, at) => file(String(at), 1));
    assert.match(reason('auto', {}, many) ?? '', /more than 20000 files/);
    const pipe: ContextEntry = { path: 'pipe', kind: 'other', bytes: 0 };
    assert.match(reason('content', {}, [pipe]) ?? '', /^pipe is neither/);
    assert.match(reason('content', { ignored: 'a[bc]' }) ?? '', /the line "a\[bc\]"/);
  });
});

describe('a large context', () => {
  it('is told by its largest files, and the lines that would leave folders out', () => {
    const lines = largeContext([
      file('app.py', 100),
      file('node_modules/left/pad.js', 30_000_000),
      file('web/dist/app.js', 1_000_000),
      file('node_modules/right.js', 5_000_000),
      file('video.mp4', 40_000_000),
    ]);
    assert.deepEqual(lines, [
      'The context folder holds 76.0 MB. Its largest files:',
      '    40.0 MB  video.mp4',
      '    30.0 MB  node_modules/left/pad.js',
      '     5.0 MB  node_modules/right.js',
      '     1.0 MB  web/dist/app.js',
      '      100 B  app.py',
      'If the build does not copy them, these lines in .dockerignore leave them out:',
      '  node_modules  (35.0 MB)',
      '  web/dist  (1.0 MB)',
    ]);
  });

  it('is no matter below 50 MB', () => {
    assert.deepEqual(largeContext([file('a', 49_000_000)]), []);
  });
});
