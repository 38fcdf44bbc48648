import { format } from 'prettier';
import { describeWait } from '../../../src/core/health/wait.ts';
import type { Preset } from '../../../src/core/services/preset.ts';
import { presetNames, presets } from '../../../src/core/services/presets.ts';
import type { GeneratedFile } from './generated-file.ts';

/** Stands for what is made for each step. */
const made = 'PASSWORD';

/** `docs/reference/service-presets.md`: what each preset starts and tells, from the presets themselves. */
export async function presetsPage(): Promise<GeneratedFile> {
  const text = [
    '# Presets of PodmanServices',
    '',
    `\`db: postgres:16\` in the input \`services\` starts a service by its preset: image, ports, variables and readiness are known. ${made} is made for each step and masked.`,
    'In compose files the same images get readiness and connection strings, and nothing is added to them. See [the guide](../guides/services-without-docker.md).',
    '',
    ...presetNames.flatMap((name) => section(name, presets[name])),
  ].join('\n');
  const content = await format(text, { parser: 'markdown', printWidth: 140 });
  return { path: 'docs/reference/service-presets.md', content };
}

function section(name: string, preset: Preset): readonly string[] {
  const environment = preset.environment(made);
  const portOf = (port: number): number => port + 30_000;
  const connection = preset.connection({ environment, host: '127.0.0.1', portOf });
  const variables = Object.entries(environment).map(([key, value]) => `\`${key}=${value}\``);
  const strings = Object.entries(connection?.strings ?? {});
  const rows = [
    ['Image', `\`${preset.image}\``],
    ['Known by', preset.alike.map((end) => `\`${end}\``).join(', ')],
    ['Ports', preset.ports.join(', ')],
    ...(variables.length === 0 ? [] : [['Variables', variables.join(', ')]]),
    ['Ready when', inCell(describeWait(preset.wait(environment)))],
    ...strings.map(([output, value]) => [`\`${output}\``, `\`${value}\``]),
  ];
  return [
    `## ${name}`,
    '',
    ...['| | |', '| --- | --- |'],
    ...rows.map(([left = '', right = '']) => `| ${left} | ${right} |`),
    '',
  ];
}

/** A pipe in a table begins the next cell. */
function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
