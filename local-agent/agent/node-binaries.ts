/** Absolute paths of the Node binaries an agent brings along (`externals/node20_1`, `externals/node24`). */
export interface NodeBinaries {
  readonly node20: string | null;
  readonly node24: string | null;
  /** `--node`: runs every task, whatever its handler. */
  readonly chosen: string | null;
}

/**
 * The binary that runs a handler (AW/Handlers/NodeHandler.cs): a Node24 handler gets Node 20 unless the gate is open.
 * `knob` looks up job variables and the agent's environment. @throws Error naming what is missing
 */
export function selectNode(
  handler: string,
  binaries: NodeBinaries,
  knob: (name: string) => string | undefined,
): string {
  if (binaries.chosen) return binaries.chosen;
  const isOn = (name: string): boolean => knob(name)?.toLowerCase() === 'true';
  const gateOpen =
    isOn('DistributedTask.Agent.UseNode24withHandlerData') ||
    isOn('AGENT_USE_NODE24_WITH_HANDLER_DATA');
  if (
    isOn('AGENT_USE_NODE24') ||
    (handler === 'Node24' && gateOpen && !isOn('AGENT_USE_NODE20_1'))
  ) {
    return present(binaries.node24, 24);
  }
  if (handler === 'Node24' || handler === 'Node20_1' || isOn('AGENT_USE_NODE20_1')) {
    return present(binaries.node20, 20);
  }
  throw new Error(
    `This task has only the handler ${handler}, and the local agent brings Node 20 and 24. Use a newer version of the task, or --node PATH.`,
  );
}

function present(binary: string | null, major: number): string {
  if (binary) return binary;
  throw new Error(
    `Node ${major} is not installed: run npm install (it is an optional dependency), or give --node PATH.`,
  );
}
