import { isLocal } from '../../src/core/buildkit/endpoint.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import { findBuildx } from '../../src/workflows/find-buildx.ts';
import { saveRecord } from '../../src/workflows/job-record.ts';
import { attachBuilder } from './attach-builder.ts';
import { type Attachment, planAttachment } from './attachment.ts';
import { explainPlan } from './explain-plan.ts';
import type { Inputs } from './inputs.ts';
import { publishBuilder } from './publish-builder.ts';
import { type CheckedRequest, readRequest } from './read-request.ts';
import type { SetupPorts } from './setup-ports.ts';
import type { BuilderRecord } from './state.ts';
import { waitForDaemon } from './wait-for-daemon.ts';

/** Looks at the daemon, attaches buildx to it, and tells later steps. */
export async function setUpBuilder(inputs: Inputs, ports: SetupPorts): Promise<void> {
  const { host } = ports;
  const slug = jobSlug(jobIdentity((name) => host.variable(name)));
  const request = await readRequest(inputs, slug, ports);
  warnOfPlainTcp(request, host);
  const buildx = await findBuildx(ports);
  const store = `${host.tempDirectory}/daemonless/buildx-${slug}`;
  const attachment = planAttachment(request, request.tls?.sources, store);
  if (request.dryRun) {
    explainPlan(request, attachment, buildx).forEach((line) => {
      host.info(line);
    });
    return;
  }
  const facts = await host.group(`Connect to ${request.endpoint.url}`, () =>
    waitForDaemon(request, request.tls?.material, ports),
  );
  await host.group('Attach buildx', async () => {
    const isNew = (await ports.files.exists(store)) === undefined;
    await writeFiles(attachment, ports);
    await attachBuilder(attachment.builder, { buildx, folder: store, isNew }, ports);
  });
  await publishBuilder(attachment, { buildx, facts }, request.setDefault, host);
}

function warnOfPlainTcp({ endpoint, tls }: CheckedRequest, host: TaskHost): void {
  if (tls !== undefined || isLocal(endpoint)) return;
  const danger = 'whoever reaches it, build steps included, can use the daemon and read its cache';
  host.warning(
    `endpoints: ${endpoint.url} is plain TCP: ${danger}. Set caCert, clientCert and clientKey.`,
  );
}

/** The record comes first, so that the post-job step knows of whatever the rest leaves. */
async function writeFiles(
  { builder, store, filesToWrite }: Attachment,
  { host, files }: SetupPorts,
): Promise<void> {
  const record: BuilderRecord = { version: 1, builderName: builder.name, store };
  await saveRecord({ host, files }, `builder-${builder.name}`, record);
  await files.makeDirectory(store);
  for (const { path, pem } of filesToWrite) await files.writeText(path, pem);
}
