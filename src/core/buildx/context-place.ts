import { resolve } from 'node:path/posix';

/** URLs, and `user@host:path` of Git; everything else is a folder (docs.docker.com/build/concepts/context). */
export function isRemoteContext(text: string): boolean {
  return /^(https?|git|ssh):\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text);
}

/**
 * Whether a context would send a folder of secrets to the daemon: the agent's temporary folder holds logins, and every
 * file in a context can be copied into the image.
 */
export function holdsFolder(context: string, folder: string): boolean {
  const [outer, inner] = [resolve(context), resolve(folder)];
  return outer === '/' || inner === outer || inner.startsWith(`${outer}/`);
}
