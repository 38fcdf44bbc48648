import { type Reading, fault } from './reading.ts';

/** What a command text is split into. */
interface Splitting {
  readonly words: string[];
  word: string | undefined;
}

const token =
  /[ \t\r\n]+|'((?:[^'])*)'|"((?:[^"\\]|\\[\s\S])*)"|`((?:[^`\\]|\\[\s\S])*)`|\\([\s\S])|([;&|<>])|([^ \t\r\n'"\\;&|<>`])/y;

/**
 * A command text as its words, the way compose splits it (mattn/go-shellwords): blanks separate, quotes and
 * backslashes protect, nothing is expanded, `#` and `*` mean themselves. What follows a `;`, `&`, `|`, `<` or
 * `>` is cut off by Docker without a word; here it is a fault, for a service would run half of its command.
 */
export function readWords(text: string): Reading<readonly string[]> {
  const split: Splitting = { words: [], word: undefined };
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null) return unbalanced(text);
    if (found[5] !== undefined) return operator(found[5], text);
    take(found, split);
  }
  return { value: split.word === undefined ? split.words : [...split.words, split.word] };
}

function take(
  [whole, single, double, back, escaped, , plain]: RegExpExecArray,
  split: Splitting,
): void {
  const quoted = double?.replace(/\\([\s\S])/g, '$1');
  const tick = back === undefined ? undefined : `\`${back.replace(/\\([\s\S])/g, '$1')}\``;
  const piece = single ?? quoted ?? tick ?? escaped ?? plain;
  if (piece !== undefined) split.word = (split.word ?? '') + piece;
  else if (split.word !== undefined && /^\s/.test(whole)) {
    split.words.push(split.word);
    split.word = undefined;
  }
}

function operator(sign: string, text: string): Reading<never> {
  return fault(
    `has "${sign}" outside quotes, where no shell reads it: ${text}.`,
    'Put it in quotes, or run a shell: ["sh", "-c", "…"].',
  );
}

function unbalanced(text: string): Reading<never> {
  return fault(
    `has a quote or backslash without its partner: ${text}.`,
    'Close it, or write the command as a list.',
  );
}
