import assert from 'node:assert/strict';
import { probeSamples } from '../../scripts/lib/generate/failure-samples.ts';
import { probeCause } from '../../src/core/buildkit/probe-cause.ts';

describe('the troubleshooting page', () => {
  for (const [cause, failure] of Object.entries(probeSamples)) {
    it(`has the sentence of "${cause}", made by a failure that is this one`, () => {
      assert.equal(probeCause(failure), cause);
    });
  }
});
