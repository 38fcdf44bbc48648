/** What becomes of a key: passed on to Podman or done by us, told as a warning, or refused. */
export type Verdict =
  | Readonly<{ kind: 'done'; how: string }>
  | Readonly<{ kind: 'warned'; why: string }>
  | Readonly<{ kind: 'refused'; why: string; change: string }>;

export function done(how: string): Verdict {
  return { kind: 'done', how };
}

export function warned(why: string): Verdict {
  return { kind: 'warned', why };
}

export function refused(why: string, change: string): Verdict {
  return { kind: 'refused', why, change };
}
