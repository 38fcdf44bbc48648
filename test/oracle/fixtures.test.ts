import assert from 'node:assert/strict';
import { serviceVerdicts } from '../../src/core/compose/service-verdicts.ts';
import { assertSame, judge } from '../support/compare-with-docker.ts';
import { composeFixtures, saidOf } from '../support/compose-fixtures.ts';
import { ComposeOracle } from '../support/compose-oracle.ts';
import { assertWordForWord } from '../support/word-for-word.ts';

describe('hand-written compose projects', () => {
  let oracle: ComposeOracle;

  before(() => {
    oracle = new ComposeOracle();
  });

  after(() => {
    oracle.stop();
  });

  describe('that docker compose takes', () => {
    for (const fixture of composeFixtures('accepted')) {
      it(`mean the same to us: ${fixture.name}`, async () => {
        const verdicts = await judge(fixture, oracle);
        assert.equal(verdicts.dockerError, undefined);
        assertSame(verdicts, fixture.name);
        assertWordForWord(verdicts);
      });
    }
  });

  describe('that docker compose refuses', () => {
    for (const fixture of composeFixtures('refused')) {
      it(`are refused with every mistake and its line: ${fixture.name}`, async () => {
        const { ours, dockerError } = await judge(fixture, oracle);
        assert.ok(dockerError !== undefined, 'Docker takes it.');
        assert.deepEqual(saidOf(ours), fixture.says);
      });
    }
  });

  describe('that Podman cannot do', () => {
    for (const fixture of composeFixtures('unsupported')) {
      it(`are refused by us alone: ${fixture.name}`, async () => {
        const { ours, dockerError } = await judge(fixture, oracle);
        assert.equal(dockerError, undefined);
        assert.ok(ours.kind === 'rejected' && ours.problems.length === 0);
        assert.deepEqual(saidOf(ours), fixture.says);
      });
    }
  });

  describe('that we read otherwise (ADR 11)', () => {
    for (const fixture of composeFixtures('different')) {
      it(`differ as it is written down: ${fixture.name}`, async () => {
        const verdicts = await judge(fixture, oracle);
        assert.throws(() => {
          assertSame(verdicts, fixture.name);
        }, 'There is no difference.');
        assert.deepEqual(saidOf(verdicts.ours), fixture.says);
      });
    }
  });

  it('hold every key of a service', () => {
    const kinds = ['accepted', 'refused', 'unsupported', 'different'].flatMap(composeFixtures);
    const text = kinds.flatMap(({ files }) => Object.values(files)).join('\n');
    const missing = Object.keys(serviceVerdicts).filter(
      (key) => !new RegExp(`(?:^ +|[{,] ?)${key}:`, 'm').test(text),
    );
    assert.deepEqual(missing, []);
  });
});
