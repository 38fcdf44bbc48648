import type { PrunePorts } from './prune-ports.ts';

const reportEveryMs = 10_000;

/** To be called with each answer of the registry: says from time to time that the reading goes on. */
export function readingProgress({ host, clock }: Pick<PrunePorts, 'host' | 'clock'>): () => void {
  let answers = 0;
  let reportAtMs = clock.now() + reportEveryMs;
  return () => {
    answers += 1;
    if (clock.now() < reportAtMs) return;
    reportAtMs = clock.now() + reportEveryMs;
    host.info(`Reading: ${answers} answers of the registry so far.`);
  };
}
