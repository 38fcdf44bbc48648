import type { TaskVersion } from '../task-json/task-json.ts';

/** package.json, its lock file and vss-extension.json name us right before the version. */
const ourVersion = /("(?:name|publisher)":\s*"daemonless-pipelines",\s*"version":\s*")[^"]*/g;

/** The JSON text with our version changed wherever it stands; the rest stays as it was written. */
export function stampVersion(text: string, version: string): string {
  return text.replace(ourVersion, `$1${version}`);
}

/** The text of a task.json with its version's numbers changed. */
export function stampTaskVersion(text: string, { Major, Minor, Patch }: TaskVersion): string {
  return text.replace(/"version":\s*\{[^}]*\}/, (block) =>
    block
      .replace(/("Major":\s*)\d+/, `$1${Major}`)
      .replace(/("Minor":\s*)\d+/, `$1${Minor}`)
      .replace(/("Patch":\s*)\d+/, `$1${Patch}`),
  );
}

/** The text of Chart.yaml with the chart's version changed; appVersion is BuildKit's. */
export function stampChartVersion(text: string, version: string): string {
  return text.replace(/^version:.*$/m, `version: ${version}`);
}
