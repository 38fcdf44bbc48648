import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  type ServicesReport,
  servicesReportSchema,
} from '../../../../src/core/report/services-report.ts';
import { startServices } from '../../../../tasks/PodmanServices/start-services.ts';
import { type PodmanScript, containerJson, exited } from '../../../support/fake-podman.ts';
import { type FakeStep, fakeStep, servicesInputs } from '../../../support/services-step.ts';

const chain = `services:
  db: {image: x, healthcheck: {test: [CMD, ready], interval: 5s, retries: 2}}
  web: {image: y, ports: ["5432"], depends_on: {db: {condition: service_healthy}}}
`;

function reportOf({ host, files }: FakeStep): ServicesReport {
  const [attachment] = host.attachments;
  assert.equal(attachment?.type, 'daemonless.report');
  const text = files.entries.get(attachment.path)?.text ?? '';
  return v.parse(servicesReportSchema, JSON.parse(text));
}

const summaryOf = ({ host, files }: FakeStep): string =>
  files.entries.get(host.summaries[0] ?? '')?.text ?? '';

describe('the report of services', () => {
  it('tells when each was pulled, started and ready', async () => {
    let [looks, isHere] = [0, false];
    const script: PodmanScript = ([first, , image]) => {
      if (first === 'pull') isHere = true;
      if (first === 'image' && image?.includes('/y:') && !isHere) return exited(125);
      if (first !== 'exec') return undefined;
      looks += 1;
      return looks < 3 ? exited(1, 'not yet') : {};
    };
    const ports = fakeStep(chain, script);
    await startServices(servicesInputs(), ports);
    const { result, images, services } = reportOf(ports);
    assert.equal(result, 'succeeded');
    assert.deepEqual(
      images.map(({ image, outcome }) => [image, outcome]),
      [
        ['docker.io/library/x:latest', 'here'],
        ['docker.io/library/y:latest', 'pulled'],
      ],
    );
    const [db, web] = services;
    assert.deepEqual([db?.state, db?.checks, web?.state], ['healthy', 3, 'running']);
    assert.ok((web?.from ?? 0) >= (db?.ready ?? Infinity));
    assert.equal(web?.address, '127.0.0.1:40001');
    assert.match(summaryOf(ports), /^\*\*2 services\*\* succeeded after 0\.6 s$/m);
    assert.match(
      summaryOf(ports),
      /^\| `db` \| healthy \| `docker.io\/library\/x:latest` \| here \|/m,
    );
    assert.match(summaryOf(ports), /^db {3}▒{39,40}/m);
  });

  it('tells exits, restarts and what failed, and no secret', async () => {
    const dead = { Status: 'exited', Running: false, ExitCode: 137, OOMKilled: true };
    const ports: FakeStep = fakeStep(chain, ([first, , name = '']) => {
      if (first === 'exec') return exited(1, 'no');
      if (first !== 'container' || !name.endsWith('-db')) return undefined;
      return { stdout: JSON.stringify([{ ...containerJson(name, dead), RestartCount: 4 }]) };
    });
    ports.host.maskSecret('out of memory');
    await assert.rejects(startServices(servicesInputs(), ports));
    const { result, services, failure } = reportOf(ports);
    assert.equal(result, 'failed');
    assert.deepEqual(
      services.map(({ state, restarts, exitCode, oomKilled }) => [
        ...[state, restarts, exitCode, oomKilled],
      ]),
      [
        ['exited', 4, 137, true],
        ['not started', 0, undefined, false],
      ],
    );
    assert.match(failure?.[0] ?? '', /Service db ended before it was healthy/);
    assert.doesNotMatch(failure?.join() ?? '', /out of memory/);
    assert.match(summaryOf(ports), /exited \(137, out of memory\)/);
  });

  it('is made after a cancel without asking Podman, and never fails the step itself', async () => {
    const ports: FakeStep = fakeStep(chain, (words) => {
      if (words.includes('run')) ports.controller.abort();
      return undefined;
    });
    await assert.rejects(startServices(servicesInputs(), ports), /Cancelled/);
    assert.equal(reportOf(ports).result, 'canceled');
    const full = fakeStep('services: {a: {image: x}}');
    const write = full.files.writeText.bind(full.files);
    full.files.writeText = (path, ...rest) =>
      path.includes('service-reports')
        ? Promise.reject(new Error('disk full'))
        : write(path, ...rest);
    await startServices(servicesInputs(), full);
    assert.match(full.host.warnings.join(), /report of the services could not be made.*disk full/);
  });
});
