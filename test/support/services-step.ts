import { readInputs } from '../../src/core/task/read-inputs.ts';
import type { Inputs } from '../../tasks/PodmanServices/inputs.ts';
import { taskInputs } from '../../tasks/PodmanServices/inputs.generated.ts';
import { FakeFiles } from './fake-files.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { fakeHttp } from './fake-http.ts';
import { FakeHost, type FakeHostSettings } from './fake-host.ts';
import { type PodmanScript, fakePodman } from './fake-podman.ts';
import type { FakeRunner } from './fake-runner.ts';
import type { ServicesPorts } from '../../tasks/PodmanServices/services-ports.ts';

export interface FakeStep extends ServicesPorts {
  readonly host: FakeHost;
  readonly files: FakeFiles;
  readonly commands: FakeRunner;
  readonly clock: FakeClock;
  readonly controller: AbortController;
}

/** The ports of a PodmanServices step on fakes, with this compose file in the sources folder. */
export function fakeStep(
  compose: string,
  script?: PodmanScript,
  settings: FakeHostSettings = {},
): FakeStep {
  const controller = new AbortController();
  return {
    host: new FakeHost({
      tempDirectory: '/temp',
      ...settings,
      variables: { 'System.DefaultWorkingDirectory': '/s', ...settings.variables },
    }),
    files: new FakeFiles({
      '/s/compose.yaml': compose,
      '/proc/self/status': 'CapEff:\t000001ffffffffff\n',
      '/dev/net/tun': '',
      '/usr/lib/podman/catatonit': '',
      '/usr/lib/podman/aardvark-dns': '',
    }),
    commands: fakePodman(script),
    clock: fakeClock(),
    http: fakeHttp(),
    chance: { hex: (digits) => 'f'.repeat(digits) },
    cancellation: controller.signal,
    controller,
  };
}

/** Inputs as the task reads them, defaults filled in. */
export function servicesInputs(given: Readonly<Record<string, string>> = {}): Inputs {
  const inputs = readInputs(taskInputs, (name) => given[name]);
  if (!inputs.ok) throw new Error(JSON.stringify(inputs.problems));
  return inputs.value;
}

/** The podman commands of a step, as lines without labels, names shortened to the service's. */
export function podmanLines({ commands }: FakeStep): readonly string[] {
  return commands.commands.map(({ args }) =>
    args
      .join(' ')
      .replace(/--label \S+ ?/g, '')
      .replace(/none-none-[0-9a-f]{12}-ffffff-?/g, ''),
  );
}
