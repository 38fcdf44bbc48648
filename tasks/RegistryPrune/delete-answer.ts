import type { Answer } from '../../src/workflows/registry-session.ts';
import { RefusedError } from './refused-error.ts';
import type { RegistryClient } from './registry-client.ts';

/** Whether what was to be deleted is gone; also when it was gone before. */
export function isGone({ status }: Pick<Answer, 'status'>): boolean {
  return (status >= 200 && status < 300) || status === 404;
}

/** Whether the registry has no such deletion at all (OCI distribution-spec, "Deleting tags": 400 or 405). */
export function isUnsupported({ status, body }: Pick<Answer, 'status' | 'body'>): boolean {
  return status === 405 || (status === 400 && /UNSUPPORTED|DIGEST_INVALID/.test(body));
}

/**
 * What the registry says against one deletion.
 * @throws RefusedError when it says so against all of them
 */
export function saidAgainst(answer: Answer, client: RegistryClient): string {
  const refusal = client.refusalOf(answer);
  if (refusal.kind === 'denied') throw new RefusedError('delete', refusal);
  const said = 'said' in refusal && refusal.said !== '' ? ` ("${refusal.said}")` : '';
  return `the registry answers HTTP ${answer.status}${said}`;
}
