import { type Reading, fault, readBy } from './reading.ts';
import { readWords } from './shell-words.ts';

/** A boolean, also as the text that an interpolated variable leaves. */
export const flag = readBy((input): Reading<boolean> => {
  const word = String(input).toLowerCase();
  if (word === 'true' || word === 'false') return { value: word === 'true' };
  return fault(`expected true or false, found ${JSON.stringify(input)}.`, 'Write one of them.');
});

/** Text or a number, as text. */
export const scalarText = readBy((input): Reading<string> => {
  if (typeof input === 'string' || typeof input === 'number') return { value: String(input) };
  return fault(`expected text, found ${JSON.stringify(input)}.`, 'Put it in quotes.');
});

/** `command` and `entrypoint`: a text split into words, or a list of them; null is "not said". */
export const commandWords = readBy((input): Reading<readonly string[] | undefined> => {
  if (input === null) return { value: undefined };
  if (typeof input === 'string') return readWords(input);
  if (Array.isArray(input) && input.every(isScalar)) return { value: input.map(String) };
  return fault('expected text or a list of texts.', 'Put each word in quotes.');
});

/** One text or a list of texts, as a list. */
export const textOrList = readBy((input): Reading<readonly string[]> => {
  if (typeof input === 'string') return { value: [input] };
  if (Array.isArray(input) && input.every((item) => typeof item === 'string')) {
    return { value: input };
  }
  return fault('expected text or a list of texts.', 'Put each in quotes.');
});

function isScalar(input: unknown): input is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof input);
}
