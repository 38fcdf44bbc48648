import { loadTexts } from './compose-text.ts';

/** What a loader in a process of its own is given: a project without a disk. */
export interface LoadingTask {
  readonly text: string;
  readonly others: Readonly<Record<string, string>>;
}

/** Every text that a user would read, or the stack of an exception that nobody expected. */
export type LoadingOutcome =
  | { readonly kind: 'told'; readonly texts: readonly string[] }
  | { readonly kind: 'crashed'; readonly stack: string };

process.on('message', ({ text, others }: LoadingTask) => {
  process.send?.(outcome(text, others));
});

function outcome(text: string, others: LoadingTask['others']): LoadingOutcome {
  try {
    const loaded = loadTexts(text, { A: 'abc', B: '', N: '7' }, others);
    if (loaded.kind !== 'rejected') return { kind: 'told', texts: [] };
    const problems = [...loaded.problems, ...loaded.unsupported];
    const texts = problems.map(({ where = '', what, change }) => `${where}: ${what} ${change}`);
    return { kind: 'told', texts };
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'crashed', stack };
  }
}
