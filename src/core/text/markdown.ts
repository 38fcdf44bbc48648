/** Rows as a table of Markdown, the heading first. A cell that begins with a backtick is taken as it is. */
export function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const [heading = [], ...body] = rows;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => (text.startsWith('`') ? text : escaped(text))).join(' | ')} |`;
  return [line(heading), `|${' --- |'.repeat(heading.length)}`, ...body.map(line)];
}

/** Names of the user's may hold what Markdown or HTML would take for its own. */
export function escaped(text: string): string {
  return text.replace(/[\\|*_`<>[\]~]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}

export function code(text: string): string {
  return `\`${text.replace(/[`|]/g, '')}\``;
}

/** Lines as they are, in letters of one width. */
export function block(lines: readonly string[]): readonly string[] {
  return ['````text', ...lines.map((line) => line.replaceAll('````', "''''")), '````'];
}
