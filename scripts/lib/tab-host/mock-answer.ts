/** An answer of the mock server. */
export interface MockAnswer {
  readonly status: number;
  /** MIME type. */
  readonly type: string;
  readonly body: string;
}

export function json(status: number, body: unknown): MockAnswer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
