import { format } from 'prettier';
import { fetchProblem } from '../../../src/core/buildx/fetch-problem.ts';
import { type BuildxRelease, planRelease } from '../../../src/core/buildx/release-plan.ts';
import type { BuildxSource } from '../../../src/core/buildx/release-wish.ts';
import { probeProblem } from '../../../src/core/buildkit/probe-problem.ts';
import { type Problem, UserError } from '../../../src/core/errors.ts';
import { addressProblems, certificateProblems, platformSamples } from './attach-samples.ts';
import { fetchSamples, probeSamples } from './failure-samples.ts';

const daemon = { url: 'tcp://buildkitd.ci:1234', serverName: 'buildkitd.ci' };
const socket = { url: 'unix:///run/buildkit/buildkitd.sock', serverName: 'localhost' };
const onlySockets = ['no-socket', 'no-permission'];
const mirror = { kind: 'mirror', url: 'https://mirror.example/buildx' } as const;
const folder = { kind: 'folder', path: '/opt/buildx' } as const;

/** The page of everything that keeps an agent from its builder: the code's own sentences, so it cannot drift. */
export function troubleshootingPage(): Promise<string> {
  const probe = Object.entries(probeSamples).map(([cause, failure]) =>
    probeProblem(failure, onlySockets.includes(cause) ? socket : daemon),
  );
  const page = [
    '<!-- Made from the code by `npm run generate`: edit the sentences in src/core instead. -->',
    '# When the agent cannot be attached',
    'Every error begins with the input to look at. `tcp://buildkitd.ci:1234` stands for your endpoint.',
    '## Addresses and names',
    'Wrong addresses are told all at once, before anything is asked.',
    ...table(addressProblems()),
    '## Certificates',
    'Checked before any network is used. A daemon may trust another authority for its clients than the one that signed its own certificate: whether it accepts yours, it says itself.',
    ...table(certificateProblems()),
    '## The daemon',
    'Looked at before buildx is asked; `connectTimeout` waits only for what time can mend.',
    ...table(probe),
    '## Platforms',
    'Compared with what the daemons say that they can build, before buildx is asked.',
    ...table(platformSamples()),
    '## buildx',
    'Only with `buildxVersion`; without it nothing is downloaded.',
    ...table(downloadProblems()),
  ];
  return format(page.join('\n\n'), { parser: 'markdown', printWidth: 100, singleQuote: true });
}

function downloadProblems(): readonly Problem[] {
  const target = '/azp/_work/_tool/buildx/0.36.1/x64/buildx';
  return fetchSamples.map((failure) =>
    fetchProblem(failure, releaseOf(failure.kind === 'no-file' ? folder : mirror), target),
  );
}

function releaseOf(source: BuildxSource): BuildxRelease {
  const release = planRelease({ version: '0.36.1', source }, 'amd64');
  if (!release.ok) throw new UserError(release.problems);
  return release.value;
}

function table(problems: readonly Problem[]): readonly string[] {
  const rows = problems.map(
    ({ where, what, change }) =>
      `| ${where === undefined ? '' : `\`${where}\``} | ${cell(what)} | ${cell(change)} |`,
  );
  return [['| Input | The message | What to change |', '|---|---|---|', ...rows].join('\n')];
}

/** As text: a pipe would end the cell, and `<word>` would be HTML. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '\\<');
}
