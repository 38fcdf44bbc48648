import assert from 'node:assert/strict';
import { isUserStep, parseStepName, stepPlace } from '../../../../src/core/buildx/step-name.ts';

describe('the name of a step', () => {
  it('tells platform, stage, place and instruction', () => {
    assert.deepEqual(parseStepName('[linux/arm64 build  2/10] RUN make\n  all'), {
      platform: 'linux/arm64',
      stage: 'build',
      index: 2,
      count: 10,
      instruction: 'RUN make all',
    });
  });

  it('leaves out what the Dockerfile and the request leave out', () => {
    assert.deepEqual(parseStepName('[2/2] RUN true'), {
      platform: undefined,
      stage: undefined,
      index: 2,
      count: 2,
      instruction: 'RUN true',
    });
  });

  it('keeps both platforms of cross compilation', () => {
    const name = parseStepName('[linux/amd64->arm64 build 1/2] RUN go build');
    assert.equal(name?.platform, 'linux/amd64->arm64');
  });

  it('is none for what is no instruction', () => {
    const others = ['[internal] load build context', 'exporting to image', '[auth] a 1/2 b'];
    const metadata = '[linux/arm64 internal] load metadata for docker.io/library/busybox:1';
    for (const name of [...others, metadata]) assert.equal(parseStepName(name), undefined, name);
  });

  it('reads as a place in its stage', () => {
    const place = (name: string): string | undefined => {
      const step = parseStepName(name);
      return step === undefined ? undefined : stepPlace(step);
    };
    assert.equal(place('[build 2/3] RUN a'), 'build 2/3');
    assert.equal(place('[2/3] RUN a'), 'step 2/3');
  });

  it('of a base image is not a step of the user', () => {
    const from = parseStepName('[base 1/2] FROM docker.io/library/busybox:1');
    const run = parseStepName('[base 2/2] RUN echo FROM here');
    assert.ok(from !== undefined && run !== undefined);
    assert.deepEqual([isUserStep(from), isUserStep(run)], [false, true]);
  });
});
