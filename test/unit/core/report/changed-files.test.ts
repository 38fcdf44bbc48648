import assert from 'node:assert/strict';
import type { ContextFile } from '../../../../src/core/context/context-file.ts';
import { cacheBreaks } from '../../../../src/core/report/cache-breaks.ts';
import { describeCause } from '../../../../src/core/report/describe-cause.ts';
import type { ReportedStep, ReportedVertex } from '../../../../src/core/report/report-steps.ts';
import {
  type UsedContext,
  reportedContexts,
} from '../../../../src/core/report/reported-contexts.ts';

/** Files by path, with what they hold. */
type Files = Readonly<Record<string, string>>;

const filesOf = (files: Files): readonly ContextFile[] =>
  Object.entries(files).map(([path, text]) => ({ path, bytes: 1, digest: text.repeat(64) }));

/** A context of a bake; each use is `target` or `target name`. */
const used = (files: Files, ...uses: readonly string[]): UsedContext => ({
  files: filesOf(files),
  uses: uses.map((use) => {
    const [target = '', name] = use.split(' ');
    return { target, ...(name === undefined ? {} : { name }) };
  }),
});

/** A bake in which one step ran that takes files from what was uploaded; uploads have a new digest in every run. */
function ran(
  instruction: string,
  uploads: readonly string[],
  contexts: readonly UsedContext[],
  digest = 'd',
) {
  const step: ReportedStep = {
    ...{ stage: 'web', index: 1, count: 1, instruction, outcome: 'done', ms: 1 },
    vertex: uploads.length,
  };
  const vertex = (name: string, own: string, inputs: number[] = []): ReportedVertex => ({
    ...{ name, digest: own, inputs, phase: 'build', outcome: 'done', intervals: [] },
  });
  const vertexes = [
    ...uploads.map((name) => ({ ...vertex(name, digest), phase: 'context' as const })),
    vertex(`[web 1/1] ${instruction}`, digest, [...uploads.keys()]),
  ];
  return { steps: [step], vertexes, ...reportedContexts(contexts) };
}

function causeOf(
  instruction: string,
  uploads: readonly string[],
  [before, now]: readonly [readonly UsedContext[], readonly UsedContext[]],
) {
  const [first] = cacheBreaks(
    ran(instruction, uploads, now, 'new'),
    ran(instruction, uploads, before, 'old'),
  );
  assert.ok(first);
  return first.cause;
}

const own = '[web internal] load build context';
const named = '[web context lib] load from client';

describe('the changed files of a bake', () => {
  it('are those of the context of the very target', () => {
    const contexts = (web: string) => [
      used({ page: '1', other: web }, 'api'),
      used({ page: web, other: web }, 'web'),
    ];
    const cause = causeOf('COPY page /', [own], [contexts('1'), contexts('2')]);
    assert.deepEqual(cause, { kind: 'files-changed', files: ['page'], count: 1 });
    assert.equal(describeCause(cause), 'files changed: page');
  });

  it('are found by whichever of the targets that share a context its upload is named after', () => {
    const contexts = (text: string) => [used({ page: text }, 'api', 'web', 'base')];
    const before = ran('COPY page /', ['[api internal] load build context'], contexts('1'));
    const now = ran(
      'COPY page /',
      ['[linux/amd64 web internal] load build context'],
      contexts('2'),
    );
    assert.equal(cacheBreaks(now, before)[0]?.cause.kind, 'files-changed');
  });

  it('are found without a name where the bake has one target, as buildx leaves it out', () => {
    const contexts = (text: string) => [used({ page: text }, 'web'), used({ s: text }, 'web lib')];
    const uploads = ['[internal] load build context', '[context lib] load from client'];
    const both = [contexts('1'), contexts('2')] as const;
    assert.equal(describeCause(causeOf('COPY page /', uploads, both)), 'files changed: page');
    assert.equal(
      describeCause(causeOf('COPY --from=lib s /', uploads.slice(1), both)),
      'files of the context lib changed: s',
    );
  });

  it('of a context with a name tell the name, and are not mixed up with those of the target', () => {
    const contexts = (text: string) => [
      used({ a: '1', b: text }, 'web'),
      used({ b: text }, 'web lib'),
    ];
    const bind = 'RUN --mount=type=bind,source=a --mount=type=bind,from=lib,source=b make';
    const cause = causeOf(bind, [own, named], [contexts('1'), contexts('2')]);
    assert.deepEqual(cause, { kind: 'files-changed', context: 'lib', files: ['b'], count: 1 });
  });

  it('are not told where nobody has read them, which is said', () => {
    const contexts = [used({ page: '1' }, 'api')];
    const cause = causeOf('COPY page /', [own], [contexts, contexts]);
    assert.deepEqual(cause, { kind: 'not-in-cache', isUnread: true });
    assert.equal(
      describeCause(cause),
      'nothing changed that is known of; what may have is its files, which were not read in both runs',
    );
  });

  it('are none where both runs had the same: then the cache did not have the step', () => {
    const contexts = [used({ page: '1' }, 'web')];
    assert.deepEqual(causeOf('COPY page /', [own], [contexts, contexts]), { kind: 'not-in-cache' });
  });
});

describe('the contexts in a report', () => {
  it('are the own one of a build, or those of a bake, each with who takes files from it', () => {
    const files = filesOf({ a: '1' });
    const index = { digests: { a: '1'.repeat(12) } };
    assert.deepEqual(reportedContexts([{ uses: [{}], files }]), { context: index });
    assert.deepEqual(reportedContexts([used({ a: '1' }, 'api', 'web lib')]), {
      contexts: [{ uses: [{ target: 'api' }, { target: 'web', name: 'lib' }], ...index }],
    });
    assert.deepEqual(reportedContexts([]), {});
  });

  it('share the room that one context has', () => {
    const many = Object.fromEntries([...Array(900).keys()].map((at) => [`d${at % 9}/f${at}`, '1']));
    const { contexts = [] } = reportedContexts([used(many, 'api'), used(many, 'web')]);
    assert.deepEqual(
      contexts.map(({ depth, digests }) => [depth, Object.keys(digests).length]),
      [
        [1, 9],
        [1, 9],
      ],
    );
  });
});
