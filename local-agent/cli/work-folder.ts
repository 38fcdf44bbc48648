import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killOrphans } from '../agent/orphans.ts';
import { UsageError } from './options.ts';

/** A run's work folder and the note in it that lets a later run clear up after a killed one. */
export interface WorkFolder {
  readonly path: string;
  readonly noteLookupId: (lookupId: string) => Promise<void>;
  /** Removes the folder if it was made for this run. */
  readonly release: () => Promise<void>;
}

interface RunNote {
  readonly pid: number;
  readonly lookupIds: readonly string[];
}

const PREFIX = 'local-agent-';
const NOTE = 'run.json';

/**
 * Opens `given`, or a new private folder. First clears up what runs that were killed have left behind.
 * @throws UsageError when another run works in `given`
 */
export async function openWorkFolder(given: string | null): Promise<WorkFolder> {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of left) await clearLeftovers(join(tmpdir(), name), { remove: true });
  if (given) {
    await refuseSharing(given);
    await clearLeftovers(given, { remove: false });
  }
  const root = given ?? (await mkdtemp(join(tmpdir(), PREFIX)));
  await mkdir(root, { recursive: true });
  const path = given ?? join(root, '_work');
  const lookupIds: string[] = [];
  const write = async (): Promise<void> => {
    const note: RunNote = { pid: process.pid, lookupIds };
    await writeFile(join(root, NOTE), JSON.stringify(note), { mode: 0o600 });
  };
  await write();
  return {
    path,
    noteLookupId: async (lookupId) => {
      lookupIds.push(lookupId);
      await write();
    },
    release: async () => {
      await rm(given ? join(root, NOTE) : root, { recursive: true, force: true });
    },
  };
}

async function refuseSharing(folder: string): Promise<void> {
  const note = await readNote(join(folder, NOTE));
  if (!note || note.pid === process.pid || !isAlive(note.pid)) return;
  throw new UsageError(`--work ${folder} is in use by another run (process ${note.pid})`);
}

/** Kills the processes of a dead run and removes its folder. A run that still lives is left alone. */
async function clearLeftovers(folder: string, { remove }: { remove: boolean }): Promise<void> {
  const file = join(folder, NOTE);
  if (!existsSync(file)) return;
  const note = await readNote(file);
  if (!note || isAlive(note.pid)) return;
  for (const lookupId of note.lookupIds) await killOrphans(lookupId);
  await rm(remove ? folder : file, { recursive: true, force: true });
}

/** Null for another user's note, or one that is being written: such a folder is not ours to touch. */
async function readNote(file: string): Promise<RunNote | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RunNote;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
