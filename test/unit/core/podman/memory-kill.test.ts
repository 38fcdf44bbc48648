import assert from 'node:assert/strict';
import { describeState } from '../../../../src/core/podman/describe-state.ts';
import { type ContainerState, parseContainers } from '../../../../src/core/podman/inspect.ts';
import { memoryCure, memoryKillOf } from '../../../../src/core/podman/memory-kill.ts';
import { containerJson } from '../../../support/fake-podman.ts';

const id = '6dc99636840d';
/** As Linux 6.1 wrote it, paths shortened. */
const kernelWrote = (memcg: string): string =>
  `[13034.5] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=libpod-${id},mems_allowed=0${memcg},task_memcg=/libpod_parent/libpod-${id},task=tail,pid=27746,uid=0`;
const atItsLimit = kernelWrote(`,oom_memcg=/libpod_parent/libpod-${id}`);

function dead(exitCode: number, more: Partial<ContainerState> = {}): ContainerState {
  const state = { Status: 'exited', Running: false, ExitCode: exitCode };
  const [parsed] = parseContainers(JSON.stringify([containerJson('db', state)]));
  assert.ok(parsed);
  return { ...parsed, id, ...more };
}

const told = (state: ContainerState, log = ''): string =>
  describeState(state, memoryKillOf(state, log));

describe('a container without memory', () => {
  const limited = { memoryLimit: 33_554_432 };

  it('met its own limit when the kernel names its cgroup, also when only a child was killed', () => {
    const reason = /\(out of memory: it met its limit of 32 MiB\)$/;
    assert.match(told(dead(137, limited), atItsLimit), reason);
    assert.match(told(dead(3, limited), atItsLimit), reason);
    assert.match(told({ ...dead(0, limited), running: true }, atItsLimit), reason);
  });

  it('suffers from the agent when that, or the pod around it, had no more', () => {
    const pod = kernelWrote(',oom_memcg=/kubepods/pod1');
    for (const log of [pod, kernelWrote(',global_oom')]) {
      assert.equal(memoryKillOf(dead(137, limited), log), 'agent');
    }
    assert.match(told(dead(137), pod), /the agent had no more; it had no limit of its own/);
    assert.match(memoryCure('agent'), /^Give the agent more memory/);
  });

  it("is known by Podman's own flag where the kernel's log may not be read", () => {
    assert.equal(memoryKillOf(dead(137, { ...limited, oomKilled: true }), ''), 'limit');
    assert.equal(memoryKillOf(dead(137, { oomKilled: true }), ''), 'agent');
    assert.match(memoryCure('limit'), /^Raise its mem_limit/);
  });

  it('is suspected, with its limit, when nobody knows who sent SIGKILL', () => {
    const another = atItsLimit.replaceAll(id, 'another');
    assert.equal(
      told(dead(137, limited), another),
      'exited with exit code 137 (killed by SIGKILL, as the kernel does when memory runs out; it had its limit of 32 MiB)',
    );
    assert.equal(told(dead(143)), 'exited with exit code 143 (ended by SIGTERM)');
    assert.equal(told(dead(1)), 'exited with exit code 1');
  });
});
