import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';

const knownSchema = v.object({
  settings: v.object({
    runtime: v.optional(v.string()),
    ulimits: v.optional(v.array(v.string()), []),
  }),
});

/**
 * Writes into containers.conf what the task has found out that this machine's Podman needs: the other tools
 * have no doctor, and would start nothing.
 * @param known what the task remembers of the host @param conf the file to change
 */
export async function tellAllTools(known: string, conf: string): Promise<void> {
  const { settings } = v.parse(knownSchema, JSON.parse(await readFile(known, 'utf8')));
  const { runtime, ulimits } = settings;
  const engine = runtime === undefined ? '' : `runtime = ${JSON.stringify(runtime)}\n`;
  const text = (await readFile(conf, 'utf8')).replace('[engine]\n', `[engine]\n${engine}`);
  await writeFile(conf, `[containers]\ndefault_ulimits = ${JSON.stringify(ulimits)}\n\n${text}`);
}
