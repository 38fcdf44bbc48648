/** The instructions of a Dockerfile on one line each, comments left out. */
export function instructions(dockerfile: string): readonly string[] {
  return dockerfile
    .split(/\r?\n/)
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/[\\`][ \t]*\n/g, ' ')
    .split('\n')
    .map((line) => line.trim());
}
