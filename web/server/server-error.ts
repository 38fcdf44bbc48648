/** Why the server's answer is not what was asked for. */
export type ServerTrouble =
  /** 401, 403, or the sign-in page in place of the answer. */
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'too-large'; readonly bytes: number }
  /** No answer at all, or none in time. */
  | { readonly kind: 'unreachable'; readonly what: string }
  | { readonly kind: 'unexpected'; readonly what: string };

export class ServerError extends Error {
  readonly trouble: ServerTrouble;

  constructor(trouble: ServerTrouble) {
    super('what' in trouble ? trouble.what : trouble.kind);
    this.name = 'ServerError';
    this.trouble = trouble;
  }
}

/** Any error as what people are told. */
export function troubleOf(error: unknown): ServerTrouble {
  if (error instanceof ServerError) return error.trouble;
  return { kind: 'unexpected', what: error instanceof Error ? error.message : String(error) };
}
