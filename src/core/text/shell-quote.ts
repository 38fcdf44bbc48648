/** An argument list as a line the user can paste into a POSIX shell. */
export function quoteCommand(file: string, args: readonly string[]): string {
  return [file, ...args].map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
