import { csvField } from '../text/csv-field.ts';

/** A builder on daemons that run already (buildx, driver `remote`). */
export interface BuilderPlan {
  readonly name: string;
  /** At least one; each has platforms of its own, else there is but one. */
  readonly nodes: readonly NodePlan[];
}

export interface NodePlan {
  /** buildx would append a bare digit to the builder's name. */
  readonly name: string;
  /** The daemon's address, e.g. `tcp://host:1234`. */
  readonly endpoint: string;
  /** Which builds go there; empty for all. */
  readonly platforms: readonly string[];
  readonly tls?: TlsFiles;
}

/** Absolute paths of PEM files; buildx keeps the paths, not the contents. */
export interface TlsFiles {
  readonly ca: string;
  readonly client?: { readonly cert: string; readonly key: string };
  readonly serverName?: string;
}

/** The options of buildx's remote driver (buildx, driver/remote/factory.go); empty means plain. */
export function driverOptions({ tls }: Pick<NodePlan, 'tls'>): Readonly<Record<string, string>> {
  if (tls === undefined) return {};
  return {
    cacert: tls.ca,
    ...(tls.client === undefined ? {} : { cert: tls.client.cert, key: tls.client.key }),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
  };
}

/** `buildx create` for each node in turn: writes into the store; it does not connect. */
export function createCommands({ name, nodes }: BuilderPlan): readonly (readonly string[])[] {
  return nodes.map((node, at) => [
    ...['create', ...(at === 0 ? [] : ['--append']), '--name', name, '--node', node.name],
    ...(node.platforms.length === 0 ? [] : ['--platform', node.platforms.join()]),
    ...['--driver', 'remote', ...optionArgs(node), node.endpoint],
  ]);
}

function optionArgs(node: NodePlan): readonly string[] {
  return Object.entries(driverOptions(node)).flatMap(([option, value]) => [
    '--driver-opt',
    csvField(`${option}=${value}`),
  ]);
}

/** Forgets a builder without connecting to its daemon, which is not ours. */
export function removeArgs(name: string): readonly string[] {
  return ['rm', '--keep-daemon', name];
}
