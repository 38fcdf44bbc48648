import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../../src/core/errors.ts';

const limitMs = 60_000;

/**
 * Packs the stage with tfx. Its root is the stage itself: with any other, tfx skips the tasks' checks.
 * @throws UserError when tfx fails, or warns: most of what it should refuse it only warns of, with exit 0.
 */
export async function runTfx(root: string, stage: string, output: string): Promise<void> {
  const options = ['--root', stage, '--manifests', 'vss-extension.json', '--output-path', output];
  const result = await execa(
    process.execPath,
    [
      join(root, 'node_modules/tfx-cli/_build/tfx-cli.js'),
      ...['extension', 'create', '--no-prompt', '--no-color', ...options],
    ],
    { cwd: stage, all: true, reject: false, timeout: limitMs, stdin: 'ignore' },
  );
  const complaints = tfxComplaints(result.all);
  if (result.exitCode === 0 && complaints.length === 0) return;
  const found = complaints.length > 0 ? complaints.join(' ') : result.all.trim();
  throw new UserError([{ what: `tfx: ${found}`, change: 'Mend what it names.' }]);
}

/** The warnings and errors in tfx's output, one per line, without colours. */
export function tfxComplaints(output: string): readonly string[] {
  const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  const lines = output.replace(colours, '').split('\n');
  return lines.filter((line) => /^(warning|error): /.test(line));
}
