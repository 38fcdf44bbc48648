import type { Command } from '../../src/core/command.ts';
import { type FakeAnswer, type FakeRunner, fakeRunner } from './fake-runner.ts';

/** What a scripted Podman shall do for a command; undefined leaves it to the default. */
export type PodmanScript = (words: readonly string[], command: Command) => FakeAnswer | undefined;

/**
 * Stands for Podman in unit tests of workflows: every command succeeds, every container runs and every
 * image is here, unless the script answers otherwise. The real one is met by the e2e tests.
 */
export function fakePodman(script: PodmanScript = () => undefined): FakeRunner {
  return fakeRunner((command) => {
    const words = command.args.slice(command.args[0] === '--runtime' ? 2 : 0);
    return script(words, command) ?? usualAnswer(words);
  });
}

function usualAnswer(words: readonly string[]): FakeAnswer {
  const [first, second, ...rest] = words;
  if (first === 'info') return { stdout: JSON.stringify(info) };
  if (first === 'image') return { stdout: JSON.stringify([{}]) };
  if (first === 'container' && second === 'inspect') {
    return { stdout: JSON.stringify(rest.map((name) => containerJson(name))) };
  }
  return {};
}

/** One container as `podman container inspect` prints it. */
export function containerJson(name: string, state: object = {}): object {
  const running = { Status: 'running', Running: true, OOMKilled: false, Pid: 77, ExitCode: 0 };
  return {
    Id: 'c0ffee',
    Name: name,
    State: {
      ...running,
      StartedAt: '2026-01-01T00:00:00Z',
      FinishedAt: '2026-01-01T00:01:00Z',
      ...state,
    },
    StaticDir: `/podman/${name}`,
    ExecIDs: ['e1'],
    NetworkSettings: { Ports: { '5432/tcp': [{ HostIp: '127.0.0.1', HostPort: '40001' }] } },
  };
}

/** As `podman info` prints it. */
export const info = {
  host: {
    networkBackend: 'netavark',
    cgroupManager: 'cgroupfs',
    eventLogger: 'file',
    slirp4netns: { executable: '/usr/bin/slirp4netns' },
    logDriver: 'k8s-file',
    ociRuntime: { name: 'crun' },
    security: { rootless: false },
  },
  store: { graphDriverName: 'overlay', runRoot: '/run/c' },
  version: { Version: '5.4.0' },
};

export function exited(exitCode: number, stderr = ''): FakeAnswer {
  return { ending: { kind: 'exited', exitCode }, stderr };
}
