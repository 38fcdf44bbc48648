import type { DoctorFindings } from '../../src/core/podman/doctor-schema.ts';
import { globalArgs, runArgs } from '../../src/core/podman/host-settings.ts';
import { copyButton } from './copy-button.ts';
import { type Child, code, element } from './element.ts';
import { facts, folded, list, part } from './part.ts';
import { type Tone, status } from './status.ts';
import { table } from './table.ts';

const verdicts: Readonly<Record<DoctorFindings['verdict'], readonly [Tone, string]>> = {
  ready: ['good', 'ready for services'],
  adapted: ['good', 'ready for services, with adaptations'],
  'not-usable': ['bad', 'cannot run services'],
};

/** What `command: doctor` of PodmanServices found on the agent. */
export function doctorView(report: DoctorFindings): Child[] {
  const { verdict, podman, problems, findings, settings } = report;
  const command = ['podman', ...globalArgs(settings), 'run', ...runArgs(settings)].join(' ');
  return [
    facts([
      ['Podman on this agent', status(...verdicts[verdict])],
      ['Version', podman],
    ]),
    part('Problems', list(problems.map(({ what, change }) => `${what} ${change}`))),
    part('Adaptations', list(findings)),
    verdict === 'not-usable'
      ? undefined
      : part(
          'How services are run',
          element('p', {}, code(command), copyButton(command, 'the command')),
        ),
    factsTable(report.facts),
  ];
}

function factsTable(all: DoctorFindings['facts']): HTMLElement | undefined {
  const rows = Object.entries(all).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : String(value),
  ]);
  if (rows.length === 0) return undefined;
  return folded('All facts', table({ caption: 'All facts', headings: ['Fact', 'Value'], rows }));
}
