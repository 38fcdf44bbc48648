import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** A Node that the agent brings, from npm's packages of it. */
export interface AgentNode {
  /** Such as `Node 24`. */
  readonly name: string;
  /** Absolute path of the program. */
  readonly path: string;
}

/**
 * The Nodes behind the handlers Node20_1 and Node24, as far as they are installed: they are optional
 * packages, one per CPU.
 */
export function agentNodes(): readonly AgentNode[] {
  return [20, 24]
    .map((major) => ({
      name: `Node ${major}`,
      path: resolve(`node_modules/node${major}-linux-${process.arch}/bin/node`),
    }))
    .filter(({ path }) => existsSync(path));
}
