import type { PortRange } from '../compose/model-mounts.ts';

/**
 * Local TCP ports that are taken for some address, from the texts of /proc/net/tcp and tcp6: of whatever
 * listens (state 0A; Linux, Documentation/networking/proc_net_tcp.rst).
 */
export function boundPorts(...tables: readonly string[]): ReadonlySet<number> {
  const rows = tables.flatMap((table) => table.split('\n'));
  const found = rows.map((row) => /^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) \S+ 0A /.exec(row)?.[1]);
  return new Set(found.flatMap((port) => (port === undefined ? [] : [Number.parseInt(port, 16)])));
}

/** Gives out the first port of a range that is free, each once; the first of all when none is, which Podman tells. */
export function portChooser(taken: Iterable<number>): (range: PortRange) => number {
  const gone = new Set(taken);
  return ({ from, to }) => {
    for (let port = from; port <= to; port += 1) {
      if (gone.has(port)) continue;
      gone.add(port);
      return port;
    }
    return from;
  };
}
