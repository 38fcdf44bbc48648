import type { ReportedVertex } from './report-steps.ts';

/** What a FROM resolved to. */
export interface BaseImage {
  /** Without digest, e.g. `docker.io/library/busybox:1`. */
  readonly image: string;
  /** `sha256:…`; undefined for a tag that was not resolved. */
  readonly digest: string | undefined;
}

/** From the name of its vertex, e.g. `[base 1/2] FROM docker.io/library/busybox:1@sha256:…`. */
export function baseImageOf({ name }: Pick<ReportedVertex, 'name'>): BaseImage | undefined {
  const [, image, digest] = /\] FROM ([^\s@]+)(?:@(sha256:[0-9a-f]{64}))?/.exec(name) ?? [];
  return image === undefined ? undefined : { image, digest };
}
