import assert from 'node:assert/strict';
import { UserError, describeProblem } from '../../../../src/core/errors.ts';
import type { Inputs } from '../../../../tasks/BuildxMultiArch/inputs/surroundings.ts';
import {
  type CheckedRequest,
  readRequest,
} from '../../../../tasks/BuildxMultiArch/read-request.ts';
import { type BuildPorts, buildPorts, inputsWith } from '../../../support/build-ports.ts';

const portsWith = (...paths: readonly string[]): BuildPorts => {
  const ports = buildPorts();
  for (const path of paths) ports.files.entries.set(path, { text: 'x\n', mode: 0o644 });
  return ports;
};

const read = (change: Partial<Inputs>, ports = portsWith()): Promise<CheckedRequest> =>
  readRequest(inputsWith(change), ports);

const problemOf = async (change: Partial<Inputs>, ports = portsWith()): Promise<string> => {
  const error: unknown = await read(change, ports).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UserError, String(error));
  assert.equal(error.problems.length, 1, error.message);
  return error.problems.map(describeProblem).join();
};

describe('the Dockerfile of a build', () => {
  it('may be a pattern that matches one file', async () => {
    const ports = portsWith('/w/1/s/api/prod.Dockerfile');
    const { request } = await read({ dockerfile: '/w/1/s/**/prod.*' }, ports);
    assert.equal(request.sources.dockerfile, '/w/1/s/api/prod.Dockerfile');
  });

  it('is not sought among the packages of others', async () => {
    const ports = portsWith('/w/1/s/node_modules/a/Dockerfile', '/w/1/s/.git/Dockerfile');
    const { request } = await read({ dockerfile: '/w/1/s/**/Dockerfile' }, ports);
    assert.equal(request.sources.dockerfile, '/w/1/s/Dockerfile');
  });

  it('is never the first of several', async () => {
    const ports = portsWith('/w/1/s/api/Dockerfile', '/w/1/s/web/Dockerfile');
    assert.match(
      await problemOf({ dockerfile: '/w/1/s/**/Dockerfile' }, ports),
      /^dockerfile: Expected one file .* found 3: Dockerfile, api\/Dockerfile, web\/Dockerfile\. Name one/,
    );
  });

  it('that a pattern does not find is answered with those that are there', async () => {
    const found = await problemOf({ dockerfile: '/w/1/s/api/Dockerfile*' });
    assert.match(found, /matches "api\/Dockerfile\*" .* found none\. Did you mean Dockerfile\?$/);
  });

  it('that is not there is answered with the names most like it', async () => {
    const ports = portsWith('/w/1/s/services/api/Dockerfile', '/w/1/s/Dockerfile.dev');
    const found = await problemOf({ dockerfile: '/w/1/s/service/api/Dockerfile' }, ports);
    assert.match(found, /found nothing at .*\. Did you mean services\/api\/Dockerfile\?$/);
  });

  it('may be written into the pipeline, but then not be a file as well', async () => {
    const { request } = await read({ dockerfileInline: 'FROM busybox\n\nRUN true' });
    assert.match(request.sources.dockerfile, /\/private\/Dockerfile$/);
    const both = { dockerfileInline: 'FROM busybox', dockerfile: '/w/1/s/Dockerfile' };
    assert.match(await problemOf(both), /^dockerfileInline: It is given, and so is "dockerfile"/);
  });
});

describe('the context of a build', () => {
  it('may not hold the folder of the logins', async () => {
    const ports = portsWith(`${portsWith().host.tempDirectory}/x`);
    const context = ports.host.tempDirectory;
    assert.match(
      await problemOf({ context, dockerfile: '/w/1/s/Dockerfile' }, ports),
      /^context: .* keeps logins/,
    );
  });

  it('that lies outside the folder of the job is warned of', async () => {
    const ports = portsWith('/elsewhere/a.txt');
    const warningsOf = async (context: string, workspace: string): Promise<readonly string[]> => {
      const own = buildPorts({}, { variables: { 'Pipeline.Workspace': workspace } });
      own.files.entries.set('/elsewhere/a.txt', { text: '', mode: 0o644 });
      await read({ context, dockerfile: '/w/1/s/Dockerfile' }, own);
      return own.host.warnings;
    };
    assert.match(
      (await warningsOf('/elsewhere', '/w/1'))[0] ?? '',
      /lies outside this job's folder/,
    );
    assert.deepEqual(await warningsOf('/w/1/s', '/w/1'), []);
    assert.deepEqual(ports.host.warnings, []);
  });

  it('that the daemon fetches is not looked for here, and said to know nothing of the job', async () => {
    const ports = portsWith();
    const { request } = await read({ context: 'https://host.test/app.git' }, ports);
    assert.ok(request.sources.isRemote);
    assert.match(ports.host.warnings[0] ?? '', /^context: the daemon fetches .* is not in it/);
  });
});

describe('what secrets and keys come from', () => {
  it('is a secure file that the job has downloaded, or the cure is named', async () => {
    const found = await problemOf({ secrets: ['pip=secureFile:pip.conf'] });
    assert.match(
      found,
      /"pip.conf", which this job has not downloaded\. Add the task DownloadSecureFile@1 with secureFile: pip.conf/,
    );
  });

  it('is checked to be a key where it must be one', async () => {
    const ports = portsWith('/w/1/s/id.pub', '/w/1/s/empty');
    assert.match(
      await problemOf({ ssh: ['default=file:id.pub'] }, ports),
      /^ssh: "default" is not a private key/,
    );
    ports.files.entries.set('/w/1/s/empty', { text: '', mode: 0o600 });
    assert.match(
      await problemOf({ secrets: ['a=file:empty'] }, ports),
      /^secrets: The file of "a" is empty/,
    );
  });
});

describe('a reproducible image', () => {
  it('takes its times from the commit, and needs one', async () => {
    assert.match(
      await problemOf({ reproducible: true }),
      /^reproducible: .* git tells no commit in \/w\/1\/s/,
    );
  });
});

describe('outputs on the agent', () => {
  it('come from one build for all platforms', async () => {
    const change = { strategy: 'perPlatform', ociLayout: 'out' } as const;
    assert.match(await problemOf(change), /^strategy: With perPlatform there is a build for each/);
    const { request } = await read({ ociLayout: 'out', tarFile: '/abs/image.tar' });
    assert.deepEqual(request.exports.ociLayout, '/w/1/s/out');
    assert.deepEqual(request.exports.tarFile, '/abs/image.tar');
  });
});
