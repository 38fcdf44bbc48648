import { platformProblems } from '../../src/core/buildkit/platform-problems.ts';
import { UserError } from '../../src/core/errors.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import { saveRecord } from '../../src/workflows/job-record.ts';
import { provideBuildx } from '../../src/workflows/provide-buildx.ts';
import { explainKubernetes } from './explain-kubernetes.ts';
import type { Inputs } from './inputs.ts';
import { type KubernetesRequest, parseKubernetes } from './kubernetes-request.ts';
import { publishBuilder } from './publish-builder.ts';
import { podPlatforms, publishedPods } from './published-pods.ts';
import type { SetupPorts } from './setup-ports.ts';
import { startPods } from './start-pods.ts';
import type { BuilderRecord } from './state.ts';

/** Lets buildx make BuildKit pods, waits for them, and tells later steps. */
export async function setUpKubernetes(inputs: Inputs, ports: SetupPorts): Promise<void> {
  const { host } = ports;
  const slug = jobSlug(jobIdentity((name) => host.variable(name)));
  const sourcesDirectory = host.variable('System.DefaultWorkingDirectory') ?? '';
  const read = parseKubernetes(inputs, { jobSlug: slug, sourcesDirectory });
  if (!read.ok) throw new UserError(read.problems);
  const buildx = await provideBuildx(read.value.buildx, read.value.dryRun, ports);
  const store = `${host.tempDirectory}/daemonless/buildx-${slug}`;
  if (!read.value.dryRun) return makePods(read.value, store, buildx, ports);
  explainKubernetes(read.value, store, buildx).forEach((line) => {
    host.info(line);
  });
}

async function makePods(
  request: KubernetesRequest,
  store: string,
  buildx: Buildx,
  ports: SetupPorts,
): Promise<void> {
  const { host, files } = ports;
  const { name } = request.plan;
  const record: BuilderRecord = {
    version: 1,
    builderName: name,
    store,
    ...(request.keepsPods ? {} : { podsOf: { buildx: buildx.file } }),
  };
  await saveRecord({ host, files }, `builder-${name}`, record);
  await files.makeDirectory(store);
  const listed = await host.group('Make BuildKit pods', () =>
    startPods(request, { buildx, folder: store, isNew: false }, ports),
  );
  const nodes = publishedPods(listed);
  const problems = platformProblems(podPlatforms(listed), request);
  if (problems.length > 0) throw new UserError(problems);
  const builder = { name, driver: 'kubernetes', nodes, store } as const;
  const { setDefault } = request;
  await publishBuilder({ ...builder, buildxVersion: buildx.version, setDefault }, host);
  if (buildx.pathFolder !== undefined) host.prependPath(buildx.pathFolder);
}
