/** What makes two builds want the same warm cache. Neither branch nor agent folder: branches share, folders differ. */
export interface Affinity {
  readonly organization: string;
  readonly project: string;
  readonly repositoryId: string;
  /** Path in the repository, as written. */
  readonly dockerfile: string;
  /** The platforms of the replica group, e.g. `linux/arm64`. */
  readonly platforms: readonly string[];
}

/** The key that a replica is chosen by. NUL separates the parts, because none of them can hold it. */
export function affinityKey(affinity: Affinity): string {
  const { organization, project, repositoryId, dockerfile, platforms } = affinity;
  return [organization, project, repositoryId, dockerfile, ...[...platforms].sort()].join('\0');
}
