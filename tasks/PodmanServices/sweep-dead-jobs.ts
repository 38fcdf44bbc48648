import * as v from 'valibot';
import { type Owner, agentLabel, jobLabel } from '../../src/core/podman/labels.ts';
import { isSwept, noteSweep } from './agent-journal.ts';
import { mustPodman } from './podman.ts';
import { removeByLabel, removeSecrets } from './remove-services.ts';
import type { PodmanPorts } from './services-ports.ts';

const labelled = v.array(v.object({ Labels: v.nullish(v.record(v.string(), v.string())) }));

/**
 * Removes what dead jobs of this agent left: it runs one job at a time, so whoever has its label and another
 * job's is nobody's. Other agents' things are never touched.
 */
export async function sweepDeadJobs(owner: Owner, ports: PodmanPorts): Promise<void> {
  if (await isSwept(owner, ports)) return;
  const dead = await deadJobs(owner, ports);
  if (dead.length > 0) {
    ports.host.info(`Removing what earlier jobs of this agent left: ${dead.join(', ')}.`);
  }
  const results: boolean[] = [];
  for (const job of dead) {
    results.push(await removeByLabel(`${jobLabel}=${job}`, ports));
    results.push(await removeSecrets(job, ports));
  }
  if (results.every(Boolean)) await noteSweep(owner, ports);
}

async function deadJobs({ agent, job }: Owner, ports: PodmanPorts): Promise<readonly string[]> {
  const filter = ['--filter', `label=${agentLabel}=${agent}`, '--format', 'json'];
  const lists = [
    ['ps', '--all', ...filter],
    ['network', 'ls', ...filter],
    ['volume', 'ls', ...filter],
  ];
  const during = 'the search for leftovers';
  const texts = await Promise.all(lists.map((args) => mustPodman(args, { during }, ports)));
  const jobs = texts.flatMap((text) => jobsIn(text));
  return [...new Set(jobs)].filter((each) => each !== job).sort();
}

/** Podman prints the labels of networks under another case than those of containers and volumes. */
function jobsIn(text: string): readonly string[] {
  if (text === '') return [];
  const items = v.parse(labelled, JSON.parse(text.replaceAll('"labels":', '"Labels":')));
  return items.flatMap(({ Labels }) => Labels?.[jobLabel] ?? []);
}
