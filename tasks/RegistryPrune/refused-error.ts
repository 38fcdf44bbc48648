import type { Refusal } from '../../src/workflows/registry-session.ts';

/** A registry did not answer what was asked. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  /** e.g. `list the tags`. */
  readonly doing: string;

  constructor(doing: string, refusal: Refusal) {
    super(`${doing}: ${refusal.kind}`);
    this.doing = doing;
    this.refusal = refusal;
  }
}
