import { UserError } from '../../src/core/errors.ts';
import { diagnose } from '../../src/core/podman/diagnose.ts';
import {
  type DoctorReport,
  doctorMarkdown,
  doctorReport,
} from '../../src/core/podman/doctor-report.ts';
import { labelArgs } from '../../src/core/podman/labels.ts';
import { redacted } from '../../src/core/report/build-report.ts';
import type { Inputs } from './inputs.ts';
import { describePodman, examine } from './know-host.ts';
import { learnMachine, learnPodman } from './learn-host.ts';
import { ownerOf, stepFolder } from './plan-step.ts';
import { parseProgram } from './podman-inputs.ts';
import type { PodmanPorts, ServicesPorts } from './services-ports.ts';

/**
 * `command: doctor`: what this host's Podman can do and needs, asked anew, as a summary and as JSON.
 * @throws UserError when it cannot run services, after the report
 */
export async function examineHost(inputs: Inputs, taskPorts: ServicesPorts): Promise<void> {
  const podman = parseProgram(inputs);
  if (!podman.ok) throw new UserError(podman.problems);
  const ports = { ...taskPorts, podman: podman.value };
  const owner = ownerOf(taskPorts);
  const folder = stepFolder(owner, taskPorts);
  const trial = { kind: 'container', folder, labels: labelArgs(owner) } as const;
  const machine = await learnMachine(ports);
  const facts = await learnPodman(ports);
  const diagnosis = diagnose(facts, machine);
  const base = { podman: describePodman(facts), facts: { ...facts, ...machine } };
  try {
    const proven = await ports.host.group('Podman on this agent', () =>
      examine(facts, machine, trial, ports),
    );
    await give(doctorReport({ ...base, ...proven, problems: [] }), ports);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { settings, findings } = diagnosis;
    await give(doctorReport({ ...base, settings, findings, problems: error.problems }), ports);
    throw error;
  } finally {
    await ports.files.remove(folder);
  }
}

/** Facts of both kinds never hold secrets; redacted all the same, for the agent does not mask files. */
async function give(report: DoctorReport, { host, files }: PodmanPorts): Promise<void> {
  const safe = redacted(report, (text) => host.redact(text));
  const folder = `${host.tempDirectory}/daemonless/doctor`;
  await files.writeText(`${folder}/podman.json`, `${JSON.stringify(safe, undefined, 2)}\n`);
  await files.writeText(`${folder}/podman.md`, doctorMarkdown(safe));
  host.attach('daemonless.doctor', 'podman.json', `${folder}/podman.json`);
  host.uploadSummary(`${folder}/podman.md`);
  doctorMarkdown(safe)
    .split('\n')
    .forEach((line) => {
      host.info(line);
    });
}
