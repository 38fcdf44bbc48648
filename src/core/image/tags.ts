/** What a build is pushed as: the first is the one that outputs speak of. */
export interface TaggedImage {
  readonly name: string;
  readonly tag: string;
}

export function taggedReference({ name, tag }: TaggedImage): string {
  return `${name}:${tag}`;
}
