import assert from 'node:assert/strict';
import { TargetEvents, isStageOf } from '../../../../src/core/bake/target-events.ts';
import { parseProgressLine } from '../../../../src/core/buildx/rawjson.ts';
import { parseStepName } from '../../../../src/core/buildx/step-name.ts';

const targets = ['api', 'web', 'base'];

const namesIn = (events: TargetEvents, ...vertexes: readonly (readonly [string, string])[]) =>
  vertexes.flatMap(([digest, name]) => {
    const event = parseProgressLine(JSON.stringify({ vertexes: [{ digest, name }] }));
    assert.ok(event);
    return events.named(event).vertexes.map((vertex) => vertex.name);
  });

describe('the steps of a bake', () => {
  it('have their target as part of the stage, with the platform where buildx names it', () => {
    const names = namesIn(
      new TargetEvents(targets),
      ['a', '[api build 2/3] RUN make'],
      ['b', '[web linux/arm64 1/2] COPY . .'],
      ['c', '[api linux/amd64->arm64 build 1/2] RUN go build'],
    );
    assert.deepEqual(names, [
      '[api:build 2/3] RUN make',
      '[linux/arm64 web 1/2] COPY . .',
      '[linux/amd64->arm64 api:build 1/2] RUN go build',
    ]);
    assert.equal(parseStepName(names[0] ?? '')?.stage, 'api:build');
  });

  it('that targets share have one name in any order of their events', () => {
    const shared = [
      ['d', '[api 2/2] RUN echo base'],
      ['d', '[base 2/2] RUN echo base'],
      ['d', '[web 2/2] RUN echo base'],
    ] as const;
    assert.equal(namesIn(new TargetEvents(targets), ...shared).at(-1), '[base 2/2] RUN echo base');
  });

  it('take files from uploads that have one name in any order, too', () => {
    const shared = [
      ['u', '[base internal] load build context'],
      ['u', '[web internal] load build context'],
      ['v', '[web context lib] load from client'],
      ['v', '[api internal] load build context'],
    ] as const;
    const [, own, , named] = namesIn(new TargetEvents(targets), ...shared);
    assert.equal(own, '[base internal] load build context');
    assert.equal(named, '[web context lib] load from client');
  });

  it('are left alone where they are no steps, or the bake has one target', () => {
    const other = '[api internal] load .dockerignore';
    assert.deepEqual(namesIn(new TargetEvents(targets), ['e', other]), [other]);
    const lone = '[build 1/2] RUN make';
    assert.deepEqual(namesIn(new TargetEvents(['build']), ['f', lone]), [lone]);
    assert.ok(isStageOf(undefined, 'build', ['build']));
    assert.ok(isStageOf('api:build', 'api', targets) && !isStageOf('api:build', 'web', targets));
  });
});
