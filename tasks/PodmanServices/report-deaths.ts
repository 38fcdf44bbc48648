import { parseContainers } from '../../src/core/podman/inspect.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { podman } from './podman.ts';
import { recordedPorts, recordedServices } from './remove-services.ts';
import { describeState } from './service-failure.ts';

/**
 * Says which services have ended although the job still counted on them, and returns their names. Costs one
 * look at the end instead of a watcher that the agent would kill.
 */
export async function reportDeaths(taskPorts: TaskPorts): Promise<readonly string[]> {
  const record = await recordedServices(taskPorts);
  if (record === undefined || record.running.length === 0) return [];
  const ports = recordedPorts(record, taskPorts);
  const running = record.containers.filter(({ service }) => record.running.includes(service));
  const names = running.map(({ name }) => name);
  const during = 'the last look at the services';
  const found = await podman(['container', 'inspect', ...names], { during }, ports);
  const states = parseContainers(found.stdout === '' ? '[]' : found.stdout);
  const dead = states.filter((state) => !state.running);
  return dead.map((state) => {
    const service = running.find(({ name }) => name === state.name)?.service ?? state.name;
    const at = new Date(state.finishedAt).toISOString().slice(11, 19);
    const change = 'What used it later has met nobody; read its log.';
    const what = `Service ${service} ended at ${at} UTC, after it was ready: ${describeState(state)}.`;
    ports.host.warning(`${what} ${change}`);
    return service;
  });
}
