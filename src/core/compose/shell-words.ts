import { type Reading, fault } from './reading.ts';

/**
 * A command text as its words, the way compose splits it (mattn/go-shellwords): blanks separate, quotes and
 * backslashes protect; nothing is expanded, `#` and `*` mean themselves.
 */
export function readWords(text: string): Reading<readonly string[]> {
  const words: string[] = [];
  let word: string | undefined;
  const token = /\s+|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null) return unbalanced(text);
    const [whole, single, double, escaped, plain] = found;
    const piece = single ?? double?.replace(/\\([\s\S])/g, '$1') ?? escaped ?? plain;
    if (piece !== undefined) word = (word ?? '') + piece;
    else if (word !== undefined && /^\s/.test(whole)) {
      words.push(word);
      word = undefined;
    }
  }
  return { value: word === undefined ? words : [...words, word] };
}

function unbalanced(text: string): Reading<never> {
  return fault(
    `has a quote or backslash without its partner: ${text}.`,
    'Close it, or write the command as a list.',
  );
}
