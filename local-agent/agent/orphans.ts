import { readdir, readFile } from 'node:fs/promises';

/** The variable that marks every process of a job. */
const LOOKUP_VARIABLE = 'VSTS_PROCESS_LOOKUP_ID';

/** Rounds of looking for processes that started while others were killed. */
const MAX_ROUNDS = 10;

/**
 * Kills every process whose environment holds the job's lookup id, wherever it hides (setsid and nohup do not help):
 * the end of each job, after its post steps. Answers what it killed, as `pid (name)`.
 */
export async function killOrphans(lookupId: string): Promise<{ pid: number; name: string }[]> {
  const killed = new Map<number, string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = (await processesOf(lookupId)).filter(({ pid }) => !killed.has(pid));
    if (found.length === 0) break;
    for (const { pid, name } of found) {
      if (kill(pid)) killed.set(pid, name);
    }
  }
  return [...killed].map(([pid, name]) => ({ pid, name }));
}

async function processesOf(lookupId: string): Promise<{ pid: number; name: string }[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readText(`/proc/${pid}/environ`);
      const marked = environment.split('\0').includes(`${LOOKUP_VARIABLE}=${lookupId}`);
      return marked
        ? [{ pid: Number(pid), name: (await readText(`/proc/${pid}/comm`)).trim() }]
        : [];
    }),
  );
  return found.flat();
}

/** Another user's process, or one that just ended, reads as nothing. */
async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '');
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
