import { format } from 'prettier';
import { innerVerdicts, projectVerdicts } from '../../../src/core/compose/inner-verdicts.ts';
import { serviceVerdicts } from '../../../src/core/compose/service-verdicts.ts';
import type { Verdict } from '../../../src/core/compose/verdict.ts';
import type { GeneratedFile } from './generated-file.ts';

/** `docs/reference/compose-keys.md`: what becomes of every key, from the verdicts that loading obeys. */
export async function composeKeysPage(): Promise<GeneratedFile> {
  const text = [
    '# Compose keys in PodmanServices',
    '',
    'Files are read as docker compose reads them. A key that the specification does not have is an error, and so is',
    'everything that cannot be done; what has no effect is a warning. Nothing is ignored in silence.',
    '',
    'Two keys are ours, and docker compose passes over them: `x-wait` says when a service is ready, `x-preset` what its image',
    'behaves like ([guide](../guides/services-without-docker.md#when-a-service-is-ready)).',
    '',
    '## Keys of a service',
    '',
    ...table(serviceVerdicts),
    '',
    '## Keys deeper in a service',
    '',
    ...table(innerVerdicts),
    '',
    '## Keys at the top',
    '',
    'Networks, volumes, secrets and configs are made for the job and removed after it; external ones stay. Of them:',
    '',
    ...table(projectVerdicts),
    '',
  ].join('\n');
  const content = await format(text, { parser: 'markdown' });
  return { path: 'docs/reference/compose-keys.md', content };
}

function table(verdicts: Readonly<Record<string, Verdict>>): readonly string[] {
  const rows = Object.entries(verdicts).map(
    ([key, verdict]) => `| \`${key}\` | ${inWords(verdict)} |`,
  );
  return ['| Key | What becomes of it |', '| --- | --- |', ...rows];
}

function inWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'done':
      return verdict.how;
    case 'warned':
      return `Warning: ${verdict.why}`;
    case 'refused':
      return `Error: ${verdict.why}. ${verdict.change}`;
  }
}
