import type { ThirdParty } from './third-party.ts';

const rule = '-'.repeat(80);

/** The text of THIRD-PARTY-NOTICES.txt: bundling drops the packages' own licence files. */
export function notices(parties: readonly ThirdParty[]): string {
  const head = 'Daemonless Pipelines contains code of these packages, under the licences given.\n';
  const entries = parties.map(({ name, version, licence, text }) => {
    const licenceText = text === '' ? 'The package brings no licence text.' : text;
    return `${rule}\n${name} ${version} (${licence})\n\n${licenceText.replaceAll('\r\n', '\n')}\n`;
  });
  return [head, ...entries].join('\n');
}
