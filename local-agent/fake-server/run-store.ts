import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An attachment as the fake server shows it. */
export interface StoredAttachment {
  readonly timelineId: string;
  readonly recordId: string;
  readonly type: string;
  readonly name: string;
  /** The file; null while it waits, and for ever when it was gone by then. */
  readonly stored: string | null;
}

/** A finished run, as the server remembers it. */
export interface StoredRun {
  readonly id: number;
  readonly buildNumber: string;
  readonly definition: number;
  /** Full ref. */
  readonly sourceBranch: string;
  /** As the REST API has it. */
  readonly result: 'succeeded' | 'partiallySucceeded' | 'failed' | 'canceled';
  /** ISO 8601. */
  readonly finishTime: string;
  readonly attachments: readonly StoredAttachment[];
}

const fileName = 'run.json';

/** Keeps a run and copies of its attachments, so that later runs can read them. */
export async function keepRun(folder: string, run: StoredRun): Promise<void> {
  const own = join(folder, String(run.id));
  await mkdir(own, { recursive: true });
  const attachments = run.attachments.flatMap((one, at) =>
    one.stored === null ? [] : [{ ...one, stored: one.stored, copy: join(own, `${at}.bin`) }],
  );
  for (const { stored, copy } of attachments) await cp(stored, copy);
  const kept = attachments.map(({ copy, ...one }) => ({ ...one, stored: copy }));
  await writeFile(join(own, fileName), JSON.stringify({ ...run, attachments: kept }));
}

/** The runs in a folder, the last to finish first; none when there is no such folder. */
export async function readRuns(folder: string): Promise<readonly StoredRun[]> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  const texts = names.map((name) => readFile(join(folder, name, fileName), 'utf8'));
  const runs = (await Promise.all(texts)).map((text) => JSON.parse(text) as StoredRun);
  return runs.sort((a, b) => b.finishTime.localeCompare(a.finishTime));
}
