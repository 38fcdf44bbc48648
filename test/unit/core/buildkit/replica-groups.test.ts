import assert from 'node:assert/strict';
import { parseEndpointLines } from '../../../../src/core/buildkit/endpoint-lines.ts';
import { replicaGroups } from '../../../../src/core/buildkit/replica-groups.ts';
import { describeProblem } from '../../../../src/core/errors.ts';

function groupsOf(...input: readonly string[]) {
  const lines = parseEndpointLines({ input, connection: [], buildkitHost: undefined });
  assert.ok(lines.ok, JSON.stringify(lines));
  return replicaGroups(lines.value);
}

function problemsOf(...input: readonly string[]): readonly string[] {
  const result = groupsOf(...input);
  return result.ok ? [] : result.problems.map(describeProblem);
}

describe('replica groups', () => {
  it('are the lines with equal platforms, in whatever order those are written', () => {
    const result = groupsOf(
      'tcp://a:1 platforms=linux/amd64,linux/386',
      'tcp://b:1 platforms=linux/386,amd64',
      'tcp://c:1 platforms=linux/arm64',
    );
    assert.ok(result.ok);
    assert.deepEqual(
      result.value.map(({ platforms, lines }) => [platforms.join(), lines.length]),
      [
        ['linux/386,linux/amd64', 2],
        ['linux/arm64', 1],
      ],
    );
  });

  it('are one when no line says platforms', () => {
    const result = groupsOf('tcp://a:1', 'tcp://b:1');
    assert.deepEqual(result.ok && result.value.map(({ lines }) => lines.length), [2]);
  });

  it('have no platform in common: buildx would send it to the first without a word', () => {
    const [problem = ''] = problemsOf(
      'tcp://a:1 platforms=linux/amd64',
      'tcp://b:1 platforms=linux/amd64,linux/arm64',
    );
    assert.match(problem, /linux\/amd64 is in two groups, linux\/amd64 \(tcp:\/\/a:1\) and/);
  });

  it('say their platforms all or none', () => {
    const [problem = ''] = problemsOf('tcp://a:1 platforms=linux/amd64', 'tcp://b:1');
    assert.match(problem, /say platforms=, but tcp:\/\/b:1 does not/);
  });

  it('have each address and each name once, and every clash is told', () => {
    const found = problemsOf('tcp://a:1 name=x', 'tcp://A:1', 'tcp://b:1 name=X');
    assert.match(found.join('\n'), /tcp:\/\/a:1 is given twice.*\n.*have the name "x"/);
  });
});
