import type { Problem } from '../errors.ts';
import { type HostSettings, globalArgs, runArgs } from './host-settings.ts';

type Fact = string | number | boolean | readonly string[] | undefined;

/** All that a doctor says about a host. */
export interface DoctorReport {
  readonly schema: 'daemonless.doctor';
  readonly version: 1;
  readonly verdict: 'ready' | 'adapted' | 'not-usable';
  /** One line about Podman. */
  readonly podman: string;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly settings: HostSettings;
  readonly findings: readonly string[];
  readonly problems: readonly Problem[];
}

type Checked = Omit<DoctorReport, 'schema' | 'version' | 'verdict'>;

export function doctorReport(checked: Checked): DoctorReport {
  const isAdapted = Object.keys(checked.settings).length > 0;
  const usable = isAdapted ? 'adapted' : 'ready';
  const verdict = checked.problems.length > 0 ? 'not-usable' : usable;
  return { schema: 'daemonless.doctor', version: 1, verdict, ...checked };
}

const headlines = {
  ready: 'Podman is ready for services',
  adapted: 'Podman is ready for services, with adaptations',
  'not-usable': 'Podman cannot run services here',
};

/** For the Extensions tab and for people who paste it somewhere. */
export function doctorMarkdown(report: DoctorReport): string {
  const { verdict, podman, findings, problems, settings, facts } = report;
  const flags = ['podman', ...globalArgs(settings), 'run', ...runArgs(settings), '…'];
  const parts = [
    `**${headlines[verdict]}**`,
    podman,
    problems.map(({ what, change }) => `- ${what} ${change}`).join('\n'),
    findings.map((finding) => `- ${finding}`).join('\n'),
    ...(verdict === 'not-usable' ? [] : [`\`${flags.join(' ')}\``]),
    ['| Fact | |', '|---|---|', ...Object.entries(facts).map(factRow)].join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function factRow([name, value]: readonly [string, Fact]): string {
  const text = typeof value === 'object' ? value.join(', ') : String(value ?? 'unlimited');
  return `| ${name} | ${text.replaceAll('|', '\\|')} |`;
}
