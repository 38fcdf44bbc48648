import type { Problem } from '../errors.ts';
import { splitLines } from '../text/lines.ts';
import type { InputSpec, InputSpecs, InputType, InputValues } from './input-spec.ts';

/** The text of an input by its task.json name; undefined when unset or empty. */
export type InputSource = (name: string) => string | undefined;

/** Inputs as they were read, or every problem of their form. */
export type ReadInputs<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /**
       * What was well, with defaults in place of the rest, so that its meaning can be checked too. Absent when
       * a pickList is wrong: the others' meaning depends on it.
       */
      readonly standIns?: T;
    };

type Converted = { readonly value: unknown } | { readonly problem: Omit<Problem, 'where'> };

/**
 * Reads every input of a task by its spec. Problems of all inputs come together: the agent checks
 * neither `required` nor `options` (agent contract, section 2), so the task does.
 */
export function readInputs<T extends InputSpecs>(
  specs: T,
  source: InputSource,
): ReadInputs<InputValues<T>> {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, spec] of Object.entries(specs)) {
    const converted = convert(spec, source(name)?.trim() ?? spec.defaultValue);
    if ('problem' in converted) problems.push({ where: name, ...converted.problem });
    values[name] = 'problem' in converted ? standIn(spec) : converted.value;
  }
  const read = values as InputValues<T>;
  if (problems.length === 0) return { ok: true, value: read };
  const isUnclear = problems.some(({ where = '' }) => specs[where]?.type === 'pickList');
  return { ok: false, problems, ...(isUnclear ? {} : { standIns: read }) };
}

/** Problems of form, then those of meaning, but for inputs whose stand-in may have caused them. */
export function allProblems(
  form: readonly Problem[],
  meaning: readonly Problem[],
): readonly Problem[] {
  const told = new Set(form.map(({ where }) => where));
  return [...form, ...meaning.filter(({ where }) => !told.has(where))];
}

/** The default; for a required text, which has none, ''. */
function standIn(spec: InputSpec): unknown {
  const converted = converters[spec.type](spec.defaultValue, spec);
  return ('value' in converted ? converted.value : undefined) ?? '';
}

function convert(spec: InputSpec, text: string): Converted {
  if (spec.required && text === '') {
    return {
      problem: { what: 'This input is required, but it is empty.', change: 'Give it a value.' },
    };
  }
  return converters[spec.type](text, spec);
}

const converters: Record<InputType, (text: string, spec: InputSpec) => Converted> = {
  boolean: convertBoolean,
  int: convertInteger,
  pickList: convertOption,
  multiLine: (text) => ({ value: splitLines(text) }),
  connectedService: (text, spec) => ({ value: spec.several ? splitIds(text) : text || undefined }),
  string: (text) => ({ value: text || undefined }),
  text: (text) => ({ value: text || undefined }),
  filePath: (text) => ({ value: text || undefined }),
};

/** Empty is false, as task-lib's getBoolInput has it; any other word is a mistake to name. */
function convertBoolean(text: string): Converted {
  const word = text.toLowerCase();
  if (word === 'true') return { value: true };
  if (word === 'false' || word === '') return { value: false };
  return {
    problem: { what: `Expected true or false, found "${text}".`, change: 'Write true or false.' },
  };
}

function convertInteger(text: string): Converted {
  if (/^\d{1,9}$/.test(text)) return { value: Number(text) };
  return {
    problem: { what: `Expected a whole number, found "${text}".`, change: 'Write digits only.' },
  };
}

function convertOption(text: string, { options = [] }: InputSpec): Converted {
  const option = options.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (option !== undefined) return { value: option };
  const list = options.join(', ');
  return {
    problem: { what: `Expected one of ${list}; found "${text}".`, change: 'Choose one of these.' },
  };
}

/** Several connections arrive as ids with commas between (agent contract, section 1.4). */
function splitIds(text: string): readonly string[] {
  return text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
