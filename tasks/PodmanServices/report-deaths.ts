import { describeState } from '../../src/core/podman/describe-state.ts';
import { parseContainers } from '../../src/core/podman/inspect.ts';
import { memoryCure } from '../../src/core/podman/memory-kill.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { memoryKills } from './memory-kills.ts';
import { podman } from './podman.ts';
import { runningPid } from './running-pid.ts';
import { recordedPorts, recordedServices } from './remove-services.ts';

/**
 * Says which services have ended although the job still counted on them, and returns their names. Costs one
 * look at the end instead of a watcher that the agent would kill; Podman is asked only when one may have ended.
 */
export async function reportDeaths(taskPorts: TaskPorts): Promise<readonly string[]> {
  const record = await recordedServices(taskPorts);
  if (record === undefined || record.running.length === 0) return [];
  const ports = recordedPorts(record, taskPorts);
  const running = record.containers.filter(({ service }) => record.running.includes(service));
  const pids = await Promise.all(running.map(({ id }) => runningPid(id, ports)));
  if (!pids.includes(undefined)) return [];
  const names = running.map(({ name }) => name);
  const during = 'the last look at the services';
  const found = await podman(['container', 'inspect', ...names], { during }, ports);
  const states = parseContainers(found.stdout === '' ? '[]' : found.stdout);
  const dead = states.filter((state) => !state.running);
  const kills = await memoryKills(dead, ports);
  return dead.map((state) => {
    const service = running.find(({ name }) => name === state.name)?.service ?? state.name;
    const at = new Date(state.finishedAt).toISOString().slice(11, 19);
    const kill = kills.get(state.name);
    const cure = kill === undefined ? '' : `${memoryCure(kill)} `;
    const change = `${cure}What used it later has met nobody; read its log.`;
    const what = `Service ${service} ended at ${at} UTC, after it was ready: ${describeState(state, kill)}.`;
    ports.host.warning(`${what} ${change}`);
    return service;
  });
}
