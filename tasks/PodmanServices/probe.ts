import { succeeded } from '../../src/core/command-failure.ts';
import type { CommandResult } from '../../src/core/command.ts';
import type { HealthConfig } from '../../src/core/health/config.ts';
import type { Probe } from '../../src/core/health/state.ts';
import { openPorts } from './listening-ports.ts';
import { type Entered, runInContainer } from './run-in-container.ts';
import type { StepContext } from './step-context.ts';

/** Docker counts a probe's time from its start; Podman takes up to 0.2 s to start one, more on a busy agent. */
const startAllowanceMs = 1_000;

/** What is probed: the container, its check, and the ports it should listen on before an early probe is believed. */
export interface Probed extends Entered {
  /** On the host, of its first process. */
  readonly pid: number;
  readonly config: HealthConfig;
  readonly ports: readonly number[];
  /** The compose file names the ports; otherwise the image does, which may promise more than it keeps. */
  readonly portsAreDeclared: boolean;
}

/** Runs the check once in the container, as its user; a probe that takes too long is killed with its children. */
export async function probe(
  probed: Probed,
  kind: Probe['kind'],
  context: StepContext,
): Promise<Probe> {
  const { clock } = context.ports;
  const startedAt = clock.now();
  const { test, timeoutMs } = probed.config;
  const argv = test.kind === 'exec' ? test.argv : ['/bin/sh', '-c', test.script];
  const during = `a health check of ${probed.name}`;
  const limits = { during, timeoutMs: timeoutMs + startAllowanceMs };
  const result = await runInContainer(probed, argv, limits, context);
  const isDoubted = succeeded(result) && (kind === 'early' || probed.portsAreDeclared);
  const missing = isDoubted ? await notListening(probed, context) : [];
  const passed = missing.length > 0 ? 'held' : 'passed';
  return {
    kind,
    startedAt,
    endedAt: clock.now(),
    verdict: succeeded(result) ? passed : 'failed',
    output: missing.length > 0 ? notYet(missing) : outputOf(result, timeoutMs),
  };
}

function outputOf({ ending, stdout, stderr }: CommandResult, timeoutMs: number): string {
  const said = [stdout, stderr].filter((text) => text !== '').join('\n');
  if (ending.kind !== 'timed-out') return said;
  return `no answer within ${timeoutMs / 1000} s, so it was killed\n${said}`.trim();
}

/** Those of the service's TCP ports that are closed; none when the kernel does not tell. */
async function notListening(
  { pid, ports }: Probed,
  context: StepContext,
): Promise<readonly number[]> {
  if (ports.length === 0) return [];
  const open = await openPorts(pid, context);
  return open === undefined ? [] : ports.filter((port) => !open.has(port));
}

function notYet(ports: readonly number[]): string {
  return `the check passes, but nothing listens on port ${ports.join(', ')} yet`;
}
