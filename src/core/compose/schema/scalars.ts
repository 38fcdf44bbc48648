import * as v from 'valibot';
import { readBytes } from '../bytes.ts';
import { readFlag } from '../casts.ts';
import { readDuration } from '../duration.ts';
import { type Reading, fault, kindOf, readBy } from '../reading.ts';
import { readWords } from '../shell-words.ts';

/** Text only: a bare number or boolean has lost its form in YAML. */
export const text = readBy((input): Reading<string> => {
  if (typeof input === 'string') return { value: input };
  return fault(`expected text, found ${kindOf(input)}.`, 'Put it in quotes.');
});

/** Undefined when nothing stands there. */
export const textOrNothing = readBy((input): Reading<string | undefined> => {
  if (input === null) return { value: undefined };
  if (typeof input === 'string') return { value: input };
  return fault(`expected text, found ${kindOf(input)}.`, 'Put it in quotes.');
});

export const textOrNumber = readBy((input): Reading<string> => {
  if (typeof input === 'string' || typeof input === 'number') return { value: String(input) };
  return fault(`expected text or a number, found ${kindOf(input)}.`, 'Put it in quotes.');
});

/** A boolean; texts were cast when variables were filled in, but not everywhere. */
export const flag = readBy((input): Reading<boolean> => {
  const value = typeof input === 'string' ? readFlag(input) : input;
  if (typeof value === 'boolean') return { value };
  return fault(`expected true or false, found ${kindOf(input)}.`, 'Write one of them.');
});

export const number = readBy((input): Reading<number> => {
  const value = typeof input === 'string' && input.trim() !== '' ? Number(input) : input;
  if (typeof value === 'number' && !Number.isNaN(value)) return { value };
  return fault(`expected a number, found ${kindOf(input)}.`, 'Write e.g. 2.');
});

/** Docker cuts the fraction off where it counts in whole numbers. */
export const truncated = v.pipe(number, v.transform(Math.trunc));

export const whole = readBy((input): Reading<number> => {
  const isText = typeof input === 'string' && /^[-+]?\d+$/.test(input);
  const value = isText ? Number(input) : input;
  if (typeof value === 'number' && Number.isInteger(value)) return { value };
  return fault(`expected a whole number, found ${kindOf(input)}.`, 'Write e.g. 3.');
});

export const bytes = readBy(readBytes);

/** Where a number has no fraction. */
export const wholeBytes = readBy((input): Reading<number> => {
  if (typeof input !== 'number' || Number.isInteger(input)) return readBytes(input);
  return fault(`expected whole bytes, found ${kindOf(input)}.`, 'Write it like 512m.');
});

/** Milliseconds. */
export const duration = readBy(readDuration);

/** `command` and `entrypoint`: a text split into words, or a list of them; undefined: not said. */
export const commandWords = readBy((input): Reading<readonly string[] | undefined> => {
  if (input === null) return { value: undefined };
  if (typeof input === 'string') return readWords(input);
  if (isTexts(input)) return { value: input };
  return fault('expected text or a list of texts.', 'Put each word in quotes.');
});

export const texts = readBy((input): Reading<readonly string[]> => {
  if (!isTexts(input)) return fault('expected a list of texts.', 'Put each in quotes.');
  const twice = input.find((item, at) => input.indexOf(item) !== at);
  if (twice === undefined) return { value: input };
  return fault(`names ${JSON.stringify(twice)} twice.`, 'Remove one.');
});

/** One text or a list of texts, as a list. */
export const textOrList = v.lazy((input) =>
  typeof input === 'string'
    ? v.pipe(
        v.string(),
        v.transform((one): readonly string[] => [one]),
      )
    : texts,
);

/** One of some words. */
export function oneOf<const T extends string>(...words: readonly T[]) {
  return readBy((input): Reading<T> => {
    const found = words.find((word) => word === input);
    if (found !== undefined) return { value: found };
    return fault(`expected ${words.join(' or ')}, found ${kindOf(input)}.`, 'Write one of them.');
  });
}

function isTexts(input: unknown): input is readonly string[] {
  return Array.isArray(input) && input.every((item) => typeof item === 'string');
}
