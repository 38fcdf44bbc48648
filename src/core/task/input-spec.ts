/**
 * The task.json input types our tasks use; `connectedService:<type>` is folded into one. `text` is a multiLine
 * that is a file's text, not a list.
 */
export type InputType =
  | 'string'
  | 'text'
  | 'boolean'
  | 'int'
  | 'multiLine'
  | 'pickList'
  | 'filePath'
  | 'connectedService';

/** What `scripts/generate` takes from one input of task.json. */
export interface InputSpec {
  readonly type: InputType;
  readonly required: boolean;
  /** Text as in task.json; '' for none. */
  readonly defaultValue: string;
  /** The values of a pickList, in the editor's order. */
  readonly options?: readonly string[];
  /** A connectedService that takes several connections (MultiSelectFlatList). */
  readonly several?: boolean;
}

export type InputSpecs = Readonly<Record<string, InputSpec>>;

type Optional<S extends InputSpec, T> = S extends { readonly required: true } ? T : T | undefined;

/**
 * The TypeScript value of one input:
 * boolean → boolean; int → number; pickList → union of its options; multiLine → trimmed, non-empty lines;
 * connectedService → id, or ids when several; the rest → text, undefined when optional and unset.
 */
export type InputValue<S extends InputSpec> = S['type'] extends 'boolean'
  ? boolean
  : S['type'] extends 'int'
    ? number
    : S['type'] extends 'multiLine'
      ? readonly string[]
      : S['type'] extends 'pickList'
        ? S extends { readonly options: readonly (infer O)[] }
          ? O
          : never
        : S extends { readonly several: true }
          ? readonly string[]
          : Optional<S, string>;

export type InputValues<T extends InputSpecs> = { readonly [K in keyof T]: InputValue<T[K]> };
