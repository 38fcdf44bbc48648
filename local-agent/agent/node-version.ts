import { execa } from 'execa';

const versions = new Map<string, Promise<string>>();

/** The version of a Node binary without its "v" (`20.20.2`); each binary is asked once. */
export function nodeVersion(binary: string): Promise<string> {
  const known = versions.get(binary);
  if (known) return known;
  const asked = ask(binary);
  versions.set(binary, asked);
  return asked;
}

async function ask(binary: string): Promise<string> {
  const { stdout } = await execa(binary, ['--version'], {
    reject: false,
    stdin: 'ignore',
    timeout: 10_000,
  });
  return stdout.replace(/^v/, '') || 'unknown';
}
