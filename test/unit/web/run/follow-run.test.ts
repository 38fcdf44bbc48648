import assert from 'node:assert/strict';
import { followRun } from '../../../../web/run/follow-run.ts';
import type { RunState } from '../../../../web/run/run-state.ts';
import type { BuildServer } from '../../../../web/server/build-server.ts';
import { ServerError } from '../../../../web/server/server-error.ts';

type Answer = 'inProgress' | 'completed' | 'unreachable' | 'not-allowed';

/** Follows a run whose server answers like this, one after the other; the last answer stays. */
async function follow(...answers: readonly Answer[]) {
  const left = [...answers];
  const shown: RunState[] = [];
  const troubles: string[] = [];
  const pauses: number[] = [];
  const server: BuildServer = {
    build: (id) => {
      const answer = left.length > 1 ? left.shift() : left[0];
      if (answer === 'unreachable') throw new ServerError({ kind: answer, what: 'It is away.' });
      if (answer === 'not-allowed') throw new ServerError({ kind: answer });
      const status = answer ?? '';
      const build = { id, buildNumber: '1', status, definition: { id: 1 }, sourceBranch: 'b' };
      return Promise.resolve(build);
    },
    timeline: () => Promise.resolve({ id: 't', records: [] }),
    attachments: () => Promise.resolve([]),
    content: () => Promise.reject(new Error('nothing was attached')),
    earlierBuilds: () => Promise.resolve([]),
    address: () => '',
  };
  await followRun(1, {
    server,
    view: {
      show: (state) => shown.push(state),
      tellTrouble: ({ kind }, isFinal) => troubles.push(isFinal ? `${kind}, at last` : kind),
    },
    pause: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  });
  return { shown: shown.length, troubles, pauses };
}

describe('following a run', () => {
  it('of a run that has ended asks once', async () => {
    assert.deepEqual(await follow('completed'), { shown: 1, troubles: [], pauses: [] });
  });

  it('waits longer each time, up to a minute, until the run has ended', async () => {
    const running = Array.from({ length: 9 }, () => 'inProgress' as const);
    const { shown, pauses } = await follow(...running, 'completed');
    assert.equal(shown, 10);
    assert.deepEqual(pauses.slice(0, 3), [5_000, 7_500, 11_250]);
    assert.equal(pauses.at(-1), 60_000);
  });

  it('goes on after a trouble that may pass, and gives up after five in a row', async () => {
    const { troubles } = await follow('inProgress', 'unreachable', 'inProgress', 'unreachable');
    assert.deepEqual(troubles, [
      'unreachable',
      ...Array.from({ length: 4 }, () => 'unreachable'),
      'unreachable, at last',
    ]);
  });

  it('gives up at once when the first question fails, or when the reader may not read', async () => {
    assert.deepEqual((await follow('unreachable')).troubles, ['unreachable, at last']);
    const { troubles } = await follow('inProgress', 'not-allowed');
    assert.deepEqual(troubles, ['not-allowed, at last']);
  });
});
