import assert from 'node:assert/strict';
import type { Ending } from '../../../src/core/command.ts';
import { commandFailed } from '../../../src/core/command-failure.ts';

const failure = (ending: Ending, stderr = '', stdout = ''): string => {
  const command = { file: 'podman', args: ['run', '-e', 'A=s3cret', 'it is'], timeoutMs: 20_000 };
  const redact = (text: string): string => text.replaceAll('s3cret', '***');
  return commandFailed({ command, ending, stdout, stderr }, redact, 'Try again.').message;
};

describe('a program that failed', () => {
  it('is shown as it could be pasted, with its last words, without secrets, and with a way out', () => {
    assert.equal(
      failure({ kind: 'exited', exitCode: 125 }, 'no such image s3cret'),
      "podman run -e A=*** 'it is': exit code 125\n  no such image ***\nTry again.",
    );
  });

  it('is shown with what it printed otherwise, when it said nothing of its failure', () => {
    assert.match(failure({ kind: 'exited', exitCode: 1 }, ' \n', 'half done'), /\n {2}half done\n/);
  });

  it('keeps the last twenty lines only', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n');
    const shown = failure({ kind: 'exited', exitCode: 1 }, lines);
    assert.match(shown, /: exit code 1\n {2}line 10\n/);
    assert.match(shown, /\n {2}line 29\nTry again\.$/);
  });

  const endings: readonly (readonly [ending: Ending, words: string])[] = [
    [{ kind: 'signalled', signal: 'SIGKILL' }, 'ended by SIGKILL'],
    [{ kind: 'timed-out', afterMs: 20_000 }, 'no end within 20 s'],
    [{ kind: 'cancelled' }, 'cancelled'],
    [{ kind: 'stopped' }, 'ended by this step'],
    [{ kind: 'not-found' }, 'program not found on PATH'],
  ];
  for (const [ending, words] of endings) {
    it(`is said to be ${words}`, () => {
      assert.ok(failure(ending).includes(`'it is': ${words}\n`), failure(ending));
    });
  }
});
