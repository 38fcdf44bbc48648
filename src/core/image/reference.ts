/**
 * Image names by the grammar of github.com/distribution/reference (reference.go, normalize.go).
 * A name is kept as the user wrote it: `canonicalName` tells two spellings of one repository apart from two.
 */
export interface ImageReference {
  /** `registry/path`, or `path` on Docker Hub; never with tag or digest. */
  readonly name: string;
  readonly tag?: string;
  /** e.g. sha256:… */
  readonly digest?: string;
}

const alphanumeric = '[a-z0-9]+';
const separator = '(?:[._]|__|[-]+)';
const component = `${alphanumeric}(?:${separator}${alphanumeric})*`;
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const host = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])`;
const domain = `${host}(?::[0-9]+)?`;

const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const namePattern = new RegExp(`^(?:${domain}/)?${component}(?:/${component})*$`);
const nameLimit = 255;

export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

/** A repository without tag and digest. */
export function isImageName(text: string): boolean {
  return text.length <= nameLimit && namePattern.test(text) && !/^[a-f0-9]{64}$/.test(text);
}

/** `name[:tag][@digest]`; undefined when it breaks the grammar. */
export function parseReference(text: string): ImageReference | undefined {
  const [beforeDigest = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !digestPattern.test(digest))) return undefined;
  const colon = beforeDigest.lastIndexOf(':');
  const hasTag = colon > beforeDigest.lastIndexOf('/');
  const name = hasTag ? beforeDigest.slice(0, colon) : beforeDigest;
  const tag = hasTag ? beforeDigest.slice(colon + 1) : undefined;
  if (!isImageName(name) || (tag !== undefined && !isTag(tag))) return undefined;
  return {
    name,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The registry's host and port; `docker.io` when the name has none. */
export function registryOf(name: string): string {
  const [first = ''] = name.split('/');
  if (first === name || !/[.:A-Z]|^localhost$/.test(first)) return 'docker.io';
  return first === 'index.docker.io' ? 'docker.io' : first;
}

/** The path within the registry, with Docker Hub's `library/` for its one-word names. */
export function pathOf(name: string): string {
  const registry = registryOf(name);
  const [first = '', ...rest] = name.split('/');
  const path =
    registry === 'docker.io' && !/^(index\.)?docker\.io$/.test(first) ? name : rest.join('/');
  return registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
}

/** One spelling for each repository: busybox is docker.io/library/busybox. */
export function canonicalName(name: string): string {
  return `${registryOf(name)}/${pathOf(name)}`;
}
