import type { FetchFailure } from '../../core/buildx/fetch-problem.ts';

/** Codes of the file system; a connection never meets them. */
const diskCodes = new Set([
  ...['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EFBIG'],
  ...['ENOENT', 'ENOTDIR', 'EISDIR', 'EMFILE', 'ENFILE'],
]);

/** What went wrong, from the error or, with undici and several addresses, from what is inside it. */
export function fetchFailure(error: unknown, sourcePath: string | undefined): FetchFailure {
  const cause = innermost(error);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  const message = cause.message;
  const ofSource = 'path' in cause && cause.path === sourcePath;
  const connecting = 'syscall' in cause && cause.syscall === 'connect';
  const kind = diskCodes.has(code) && !ofSource && !connecting ? 'disk' : 'network';
  return { kind, code, message };
}

function innermost(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
