import pLimit from 'p-limit';
import { changeArgs } from '../../src/core/buildx/create-args.ts';
import { succeeded } from '../../src/core/command-failure.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { FailoverRecord } from '../../src/core/routing/failover-record.ts';
import {
  type AttachedNode,
  type RecordedNode,
  type RecordedReplica,
  movedTo,
  nodeOf,
  successors,
} from '../../src/core/routing/failover.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import { lookAtReplica } from './look-at-replica.ts';
import { saveReplicas } from './replica-record.ts';

const createLimitMs = 30_000;

/** What came of a replica's loss. */
export type Succession =
  | { readonly kind: 'moved'; readonly to: string }
  /** It answers again, or is not known to be lost: nothing was changed. */
  | { readonly kind: 'same'; readonly to: string }
  /** None answers; each with what was found instead. */
  | { readonly kind: 'none'; readonly seen: readonly string[] };

const severity = { same: 0, moved: 1, none: 2 } as const;

/** The replicas behind the nodes of a builder, and the way to put another one there. */
export class Replicas {
  readonly #builder: string;
  readonly #settings: BuildxSettings;
  readonly #ports: BuildTaskPorts;
  /** One at a time: builds for several platforms may lose the same daemon side by side. */
  readonly #inTurn = pLimit(1);
  #nodes: readonly RecordedNode[];

  /** @param record what SetupBuildkitBuilder wrote down for this builder */
  constructor(
    builder: string,
    record: FailoverRecord | undefined,
    settings: BuildxSettings,
    ports: BuildTaskPorts,
  ) {
    this.#builder = builder;
    this.#nodes = record?.nodes ?? [];
    this.#settings = settings;
    this.#ports = ports;
  }

  /** What buildx lists is what counts; a node of which nothing was written down has one replica. */
  adopt(attached: readonly AttachedNode[]): void {
    this.#nodes = attached.map((node) => nodeOf(this.#nodes, node));
  }

  /** Names of the replicas in use, each once. */
  namesOf(nodes: readonly string[]): readonly string[] {
    return [...new Set(nodes.flatMap((name) => this.#current(name)?.name ?? []))];
  }

  /** Looks at the recorded replicas in use, and replaces those that went away since they were chosen. */
  async settle(): Promise<void> {
    for (const { name, replicas } of this.#nodes) {
      const [current, ...others] = replicas;
      if (current === undefined || others.length === 0) continue;
      const { isReady, trouble } = await lookAtReplica(current, this.#ports);
      if (isReady) continue;
      const found = await this.succeed([name], [current.name]);
      if (found.kind !== 'moved') continue;
      this.#ports.host.warning(`${trouble ?? ''} The builder goes on with replica ${found.to}.`);
    }
  }

  /**
   * Finds successors for the replicas that failed a build on these nodes.
   * @param lost their names; of several it is not known which one failed
   */
  async succeed(nodes: readonly string[], lost: readonly string[]): Promise<Succession> {
    const found = await Promise.all(
      nodes.map((node) => this.#inTurn(() => this.#succeed(node, lost))),
    );
    const [worst] = [...found].sort((a, b) => severity[b.kind] - severity[a.kind]);
    return worst ?? { kind: 'none', seen: [] };
  }

  async #succeed(name: string, lost: readonly string[]): Promise<Succession> {
    const node = this.#nodes.find((each) => each.name === name);
    const current = this.#current(name);
    if (node === undefined || current === undefined) return { kind: 'none', seen: [] };
    const unchanged: Succession = { kind: 'same', to: current.name };
    if (!lost.includes(current.name)) return unchanged;
    const seen = await Promise.all(
      successors(node).map((each) => lookAtReplica(each, this.#ports)),
    );
    const isGuilty = lost.length === 1 || seen.at(-1)?.isReady === false;
    const next = isGuilty ? seen.find(({ isReady }) => isReady)?.replica : current;
    if (next === undefined) return { kind: 'none', seen: seen.map(({ trouble }) => trouble ?? '') };
    if (next === current) return unchanged;
    return this.#move(node, next);
  }

  #current(name: string): RecordedReplica | undefined {
    return this.#nodes.find((node) => node.name === name)?.replicas[0];
  }

  async #move(node: RecordedNode, replica: RecordedReplica): Promise<Succession> {
    const { host, commands } = this.#ports;
    const { buildx, environment } = this.#settings;
    const { name, platforms } = node;
    const { endpoint, options } = replica;
    const args = changeArgs(this.#builder, { name, platforms, endpoint, options });
    host.info(quoteCommand(buildx.file, args));
    const command = { file: buildx.file, args, env: environment, timeoutMs: createLimitMs };
    const result = await commands.run(command);
    if (!succeeded(result)) return { kind: 'none', seen: [host.redact(result.stderr.trim())] };
    this.#nodes = this.#nodes.map((each) => (each === node ? movedTo(node, replica) : each));
    const { file, version } = buildx;
    const known = { builder: this.#builder, buildx: { file, version }, nodes: [...this.#nodes] };
    await saveReplicas({ version: 1, ...known }, environment, this.#ports);
    return { kind: 'moved', to: replica.name };
  }
}
