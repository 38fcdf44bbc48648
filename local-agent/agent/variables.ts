import type { JobVariable } from '../protocol/job-message.ts';
import type { VisibleVariable } from './environment.ts';
import { expandMacros } from './macros.ts';
import type { SecretMasker } from './masker.ts';
import { READ_ONLY_NAMES } from './read-only-names.ts';

interface StoredVariable extends VisibleVariable {
  readonly isReadOnly: boolean;
}

interface SetOptions {
  readonly isSecret?: boolean;
  readonly isReadOnly?: boolean;
  readonly keepsCase?: boolean;
}

/** Deeper nests of `$(a)` are taken for a mistake. */
const MAX_DEPTH = 50;

/** The variables of a job; names ignore case (AW/Variables.cs). */
export class VariableStore {
  private readonly stored = new Map<string, StoredVariable>();
  private expanded = new Map<string, VisibleVariable>();
  private readonly masker: SecretMasker;

  /** The initial secrets are masked by the caller, with more forms than later ones get. */
  constructor(variables: readonly JobVariable[], masker: SecretMasker) {
    this.masker = masker;
    for (const variable of variables) {
      this.stored.set(variable.name.toLowerCase(), { ...variable, keepsCase: false });
    }
    this.recalculate();
  }

  get(name: string): string | undefined {
    return this.expanded.get(name.toLowerCase())?.value;
  }

  getBoolean(name: string): boolean | undefined {
    const text = this.get(name)?.trim().toLowerCase();
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }

  all(): readonly VisibleVariable[] {
    return [...this.expanded.values()];
  }

  expand(text: string): string {
    return expandMacros(text, (name) => this.get(name));
  }

  /** Sets a variable for what comes later. A name that was secret stays secret, with whatever value. */
  set(name: string, value: string, options: SetOptions = {}): void {
    const key = name.toLowerCase();
    const isSecret = options.isSecret === true || this.expanded.get(key)?.isSecret === true;
    if (isSecret && value !== '') this.masker.add(value);
    const isReadOnly = options.isReadOnly === true || this.stored.get(key)?.isReadOnly === true;
    const variable = { name, value, isSecret, isReadOnly, keepsCase: options.keepsCase === true };
    this.stored.set(key, variable);
    this.expanded.set(key, variable);
  }

  isReadOnly(name: string): boolean {
    const key = name.toLowerCase();
    return READ_ONLY_NAMES.has(key) || (this.stored.get(key)?.isReadOnly ?? false);
  }

  /**
   * Expands variables that name variables, all the way down; done at the start of each step. A value that pulls in a
   * secret becomes secret. Returns one warning for each variable that ends in itself; such a value stays raw.
   */
  recalculate(): string[] {
    const warnings: string[] = [];
    this.expanded = new Map();
    for (const [key, variable] of this.stored) {
      const expansion = this.expandDeep(variable, [key]);
      if (expansion === null) {
        warnings.push(
          `Unable to expand variable '${variable.name}'. A cyclical reference was detected.`,
        );
      }
      const visible = { ...variable, ...expansion };
      if (visible.isSecret && !variable.isSecret && visible.value !== '')
        this.masker.add(visible.value);
      this.expanded.set(key, visible);
    }
    return warnings;
  }

  /** Null when the value leads back to itself or nests too deep. */
  private expandDeep(
    { value, isSecret }: StoredVariable,
    path: readonly string[],
  ): { value: string; isSecret: boolean } | null {
    const inner: ({ value: string; isSecret: boolean } | null)[] = [];
    const text = expandMacros(value, (name) => {
      const key = name.toLowerCase();
      const other = this.stored.get(key);
      if (!other) return undefined;
      const deeper =
        path.includes(key) || path.length > MAX_DEPTH
          ? null
          : this.expandDeep(other, [...path, key]);
      inner.push(deeper);
      return deeper?.value;
    });
    if (inner.includes(null)) return null;
    return { value: text, isSecret: isSecret || inner.some((part) => part?.isSecret) };
  }
}
