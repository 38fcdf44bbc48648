/** 2000-01-01 in seconds since the epoch: zip files know nothing before 1980. */
const base = 946_684_800;
/** Hexadecimal digits of the hash: 44 bits are what a file time holds through all layers. */
const digits = 11;
/** The unit is 1.9 µs, so that times stay apart when they are cut to microseconds. */
const unitsPerSecond = 2 ** 19;

/**
 * A modification time, in seconds since the epoch, that follows from a digest of the content alone: the daemon takes a file
 * of equal size and time for the one it has, without looking inside (tonistiigi/fsutil, diff_containerd.go,
 * sameFile). Two contents share a time once in 2^44; all times lie within 389 days.
 */
export function contentTime(digest: string): number {
  return base + parseInt(digest.slice(0, digits), 16) / unitsPerSecond;
}
