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
  return nodes.map((node, at) =>
    createArgs(name, { ...node, options: driverOptions(node), isAppended: at > 0 }),
  );
}

/** A node as `buildx create` takes it. */
export interface NodeSettings extends Omit<NodePlan, 'tls'> {
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Gives a node that is there another daemon: with `--append` and its name, buildx changes it
 * (buildx, store/nodegroup.go, Update). Builds that run stay where they are.
 */
export function changeArgs(builder: string, node: NodeSettings): readonly string[] {
  return createArgs(builder, { ...node, isAppended: true });
}

function createArgs(
  builder: string,
  { isAppended, ...node }: NodeSettings & { readonly isAppended: boolean },
): readonly string[] {
  const options = Object.entries(node.options).map(([name, value]) => csvField(`${name}=${value}`));
  return [
    ...['create', ...(isAppended ? ['--append'] : []), '--name', builder, '--node', node.name],
    ...(node.platforms.length === 0 ? [] : ['--platform', node.platforms.join()]),
    ...['--driver', 'remote', ...options.flatMap((option) => ['--driver-opt', option])],
    node.endpoint,
  ];
}

/** Forgets a builder without connecting to its daemon, which is not ours. */
export function removeArgs(name: string): readonly string[] {
  return ['rm', '--keep-daemon', name];
}
