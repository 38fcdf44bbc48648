import assert from 'node:assert/strict';
import { type BuildFailure, buildFailure } from '../../../../src/core/buildx/build-failure.ts';
import { cacheTrouble } from '../../../../src/core/buildx/cache-trouble.ts';
import { failureCause } from '../../../../src/core/buildx/failure-cause.ts';
import { parseStepName } from '../../../../src/core/buildx/step-name.ts';
import { VertexTable } from '../../../../src/core/buildx/vertex-table.ts';
import { replay, replayBuild } from '../../../support/replay-build.ts';

const failureOf = (name: string): BuildFailure => {
  const { table, texts } = replayBuild(name);
  return buildFailure(table, texts);
};

describe('a failed build', () => {
  it('names the command, its exit code, its step, its platform and its line', () => {
    const failure = failureOf('failing-step');
    assert.equal(failure.kind, 'step');
    assert.match(
      failure.what,
      /^"RUN echo start && echo more; exit 7" failed with exit code 7 \(build 1\/1, linux\/(amd|arm)64\)\.$/,
    );
    assert.deepEqual(failure.place, { path: 'fail.Dockerfile', line: 5 });
  });

  it('for a mistake in the Dockerfile names its line and what was meant', () => {
    const failure = failureOf('parse-error');
    assert.equal(failure.kind, 'dockerfile');
    assert.match(failure.what, /unknown instruction: RNU \(did you mean \w+\?\)\.$/);
    assert.deepEqual(failure.place, { path: 'parse.Dockerfile', line: 2 });
  });

  it('for a file that is not in the context names it', () => {
    const failure = failureOf('missing-file');
    assert.equal(failure.what, '"COPY missing /x" found no "/missing" to copy.');
    assert.match(failure.change, /\.dockerignore/);
    assert.equal(failure.place?.line, 3);
  });

  it('for a stage of too many layers says so in place of the five hundred folders that BuildKit names', () => {
    const folders = Array.from({ length: 499 }, (_, at) => `${at}/fs`).join(':');
    const message = `mount source: "overlay", target: "/x", fstype: overlay, flags: 0, data: "workdir=/w,upperdir=/u,lowerdir=${folders}", err: invalid argument`;
    const step = parseStepName('[500/501] RUN echo');
    assert.ok(step !== undefined);
    assert.match(
      failureCause(message, step, undefined).what,
      /^"RUN echo" would be a layer over 499 others, more than the daemon's file system stacks\.$/,
    );
    const other = failureCause(message.replace(folders, '1/fs:2/fs'), step, undefined);
    assert.match(other.what, /^The build failed: mount source/);
  });

  it('for a missing secret names the input to add it to', () => {
    const failure = failureOf('missing-secret');
    assert.match(failure.what, /secret nope: not found/);
    assert.match(failure.change, /"secrets"/);
  });

  it('tells a base image that is not there from one that may not be read', () => {
    assert.match(failureOf('missing-base').change, /name and tag/);
    assert.match(failureOf('base-denied').change, /"registries"/);
  });

  it('for a frontend that cannot be had points at the syntax line, not at base images', () => {
    const message =
      'failed to resolve source metadata for docker.io/docker/dockerfile:1: docker.io/docker/dockerfile:1: not found';
    assert.match(failureCause(message, undefined, undefined).change, /"# syntax=" line/);
  });

  it('for a scanner that cannot be had says that the SBOM wants it', () => {
    const scanner = 'docker.io/docker/buildkit-syft-scanner:stable-1';
    const message = `failed to resolve source metadata for ${scanner}: ${scanner}: not found`;
    assert.match(failureCause(message, undefined, undefined).change, /"sbom"/);
  });

  it('tells a registry that is not there from one that refuses', () => {
    assert.match(failureOf('push-failed').change, /reaches the registry/);
    const denied = failureOf('push-denied');
    assert.match(denied.what, /failed to push 127\.0\.0\.1:\d+\/x:1: .* 401 Unauthorized\.$/);
    assert.match(denied.change, /may push there in "registries"/);
  });

  it('takes neither a port nor a digest for the status of an answer', () => {
    const digest = `sha256:${'1403f401'.repeat(8)}`;
    const push = `failed to push localhost:40393/x:1: unexpected status from PUT request to http://localhost:40393/v2/x/manifests/${digest}: 429 Too Many Requests`;
    assert.match(failureCause(push, undefined, undefined).change, /reaches the registry/);
    const pull = `failed to resolve source metadata for localhost:40193/x@${digest}: not found`;
    assert.match(failureCause(pull, undefined, undefined).change, /name and tag/);
  });

  it('because the daemon went away is a matter of transport', () => {
    assert.equal(failureOf('daemon-killed').kind, 'transport');
  });

  it('of a bake has the target that buildx names, and its words without it', () => {
    const texts = ['ERROR: target api: failed to solve: Unavailable: closing'];
    const { target, message, kind } = buildFailure(new VertexTable(), texts);
    assert.deepEqual([target, message, kind], ['api', 'Unavailable: closing', 'transport']);
  });

  it('without a word from buildx still says that it failed', () => {
    const failure = buildFailure(new VertexTable(), []);
    assert.deepEqual([failure.kind, failure.place], ['other', undefined]);
  });
});

describe('trouble with the cache', () => {
  it('is told apart: first run, failed import, failed export', () => {
    const kinds = ['two-platforms', 'cache-export-failed'].map((name) =>
      replayBuild(name).table.all.flatMap((vertex) => cacheTrouble(vertex)?.kind ?? []),
    );
    assert.deepEqual(kinds, [['first-run'], ['export-failed']]);
  });

  it('is the same for a target of a bake, whose name stands first', () => {
    const { table } = replay([
      JSON.stringify({
        vertexes: [
          { digest: 'a', name: '[api] exporting cache to registry', error: 'dial: refused' },
          {
            digest: 'b',
            name: '[linux/amd64 web] importing cache manifest from r.io/cache:web',
            error: 'r.io/cache:web: not found',
          },
        ],
      }),
    ]);
    const troubles = table.all.flatMap((vertex) => cacheTrouble(vertex) ?? []);
    assert.deepEqual(
      troubles.map(({ kind, cache }) => [kind, cache]),
      [
        ['export-failed', 'registry'],
        ['first-run', 'r.io/cache:web'],
      ],
    );
  });

  it('is not why a build failed', () => {
    const { table } = replayBuild('cache-export-failed');
    const [trouble] = table.all.flatMap((vertex) => cacheTrouble(vertex) ?? []);
    assert.match(trouble?.message ?? '', /connection refused/);
  });
});
