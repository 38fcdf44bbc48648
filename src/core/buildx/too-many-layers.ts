import type { StepName } from './step-name.ts';

/** An overlay of fewer folders is refused for another reason. */
const fewest = 100;
const change =
  'Join RUN steps, or go on in a new stage with COPY --from of the one so far: 500 layers are the limit, those of the base image included.';

/**
 * What to say of a step whose stage has become too deep for its daemon; undefined for another failure. Linux stacks
 * 500 folders in an overlay (fs/overlayfs/params.c, OVL_MAX_STACK), and mount(2) says no more than "invalid argument",
 * after BuildKit has named every folder.
 */
export function tooManyLayers(
  message: string,
  { instruction }: StepName,
): { readonly what: string; readonly change: string } | undefined {
  const lower = /fstype: overlay.*lowerdir=([^",]+).*err: invalid argument/s.exec(message)?.[1];
  const layers = lower?.split(':').length ?? 0;
  if (layers < fewest) return undefined;
  const what = `"${instruction}" would be a layer over ${layers} others, more than the daemon's file system stacks.`;
  return { what, change };
}
