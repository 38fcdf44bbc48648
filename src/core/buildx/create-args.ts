import { csvField } from '../text/csv-field.ts';

/** A builder of one node on a daemon that runs already (buildx, driver `remote`). */
export interface BuilderPlan {
  readonly name: string;
  /** Name of the one node; buildx would append a bare digit to the builder's. */
  readonly node: string;
  /** The daemon's address, e.g. `tcp://host:1234`. */
  readonly endpoint: string;
  readonly tls?: TlsFiles;
}

/** Absolute paths of PEM files; buildx keeps the paths, not the contents. */
export interface TlsFiles {
  readonly ca: string;
  readonly client?: { readonly cert: string; readonly key: string };
  readonly serverName?: string;
}

/** The options of buildx's remote driver (buildx, driver/remote/factory.go); empty means plain. */
export function driverOptions({ tls }: BuilderPlan): Readonly<Record<string, string>> {
  if (tls === undefined) return {};
  return {
    cacert: tls.ca,
    ...(tls.client === undefined ? {} : { cert: tls.client.cert, key: tls.client.key }),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
  };
}

/** `buildx create`: writes the builder into the store; it does not connect. */
export function createArgs(plan: BuilderPlan): readonly string[] {
  const options = Object.entries(driverOptions(plan)).flatMap(([name, value]) => [
    '--driver-opt',
    csvField(`${name}=${value}`),
  ]);
  const names = ['--name', plan.name, '--node', plan.node];
  return ['create', ...names, '--driver', 'remote', ...options, plan.endpoint];
}

/** Forgets a builder without connecting to its daemon, which is not ours. */
export function removeArgs(name: string): readonly string[] {
  return ['rm', '--keep-daemon', name];
}
