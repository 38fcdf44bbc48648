import { UserError } from '../../src/core/errors.ts';
import type { FailoverRecord } from '../../src/core/routing/failover-record.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import { findBuildx } from '../../src/workflows/find-buildx.ts';
import { loginRenewal } from '../../src/workflows/renew-logins.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import { type BuildSettings, type BuildxSettings, buildxEnvironment } from './buildx-settings.ts';
import { checkBakeSources } from './check-bake-sources.ts';
import { type ChosenBuilder, chooseBuilder } from './choose-builder.ts';
import { explainDryRun } from './explain-dry-run.ts';
import { describePlan } from './explain-plan.ts';
import { finishBuild } from './finish-build.ts';
import type { Inputs } from './inputs/surroundings.ts';
import { refillOf, restoreMounts } from './keep-mounts.ts';
import { type KnownRequest, planFor } from './make-plan.ts';
import type { Keeping } from './node-mounts.ts';
import { openPrivateFolder, prepareBuild } from './prepare-build.ts';
import { type PreparedContext, prepareContext } from './prepare-context.ts';
import { readChecks } from './read-checks.ts';
import { type CheckedRequest, readRequest } from './read-request.ts';
import { recordedReplicas } from './replica-record.ts';
import { Replicas } from './replicas.ts';
import { resolveBake } from './resolve-bake.ts';
import { runBuild } from './run-build.ts';
import { settlePlatforms } from './settle-platforms.ts';
import { signIn } from './sign-in.ts';
import { type StepPaths, stepPaths } from './step-paths.ts';

/** Reads, plans, builds, and tells what came of it. */
export async function buildImage(inputs: Inputs, ports: BuildTaskPorts): Promise<void> {
  const { host, files } = ports;
  const checked = await readRequest(inputs, ports);
  const paths = stepPaths(host);
  if (inputs.dryRun) {
    const known = await withBake(checked, ports);
    const plan = await planFor(known, undefined, paths, ports);
    await explainDryRun(plan, known, paths, ports);
    return;
  }
  try {
    await openPrivateFolder(paths, ports);
    await buildAsPlanned(checked, paths, ports);
  } finally {
    await files.remove(paths.privateFolder);
  }
}

async function withBake(checked: CheckedRequest, ports: BuildTaskPorts): Promise<KnownRequest> {
  const { request } = checked;
  if (request.bake === undefined) return checked;
  const { buildx } = await jobsBuildx(checked, ports);
  const resolved = await resolveBake(request, request.bake, buildx, ports);
  const missing = await checkBakeSources(resolved.bake, request.sources.context, ports.files);
  if (missing.length > 0) throw new UserError(missing);
  return { ...checked, ...resolved };
}

async function buildAsPlanned(
  given: CheckedRequest,
  paths: StepPaths,
  ports: BuildTaskPorts,
): Promise<void> {
  const { host } = ports;
  const checked = await withBake(given, ports);
  const asking = await jobsBuildx(checked, ports);
  // The builder first: buildx runs while this process loads what the others need.
  const [[{ builder: found, replicas }, context], logins] = await bothEnded(
    bothEnded(
      findBuilder(checked, asking, ports),
      prepareContext(checked, paths.contextFolder, ports),
    ),
    signIn(checked, ports),
  );
  const checks = await readChecks(checked.request, ports.files);
  const { path, ofTargets = {} } = context;
  const places = { ...paths, ...checks, context: path, contextsOf: ofTargets };
  const { known, builder } = settlePlatforms(checked, found);
  const plan = await planFor(known, builder, places, ports);
  const told = [...describePlan(plan, checked, builder), ...context.lines];
  await host.group('Plan', () => tell(told, host));
  const environment = await prepareBuild(plan, logins, paths, ports);
  const renewLogins = loginRenewal(checked.accounts, logins, paths.loginFolder, ports);
  const settings = { buildx: asking.buildx, environment, renewLogins };
  await buildWith({ plan, builder, settings }, { replicas, context }, paths, ports);
}

async function buildWith(
  keeping: Omit<Keeping, 'settings'> & { readonly settings: BuildSettings },
  { replicas, context }: { readonly replicas: Replicas; readonly context: PreparedContext },
  paths: StepPaths,
  ports: BuildTaskPorts,
): Promise<void> {
  const { plan, settings } = keeping;
  await restoreMounts(keeping, ports);
  const refill = refillOf(keeping, ports);
  const outcome = await runBuild(plan, { settings, replicas, refill }, paths, ports);
  await finishBuild({ ...keeping, outcome, contexts: context.read }, paths, ports);
}

interface FoundBuilder {
  readonly builder: ChosenBuilder;
  readonly replicas: Replicas;
}

async function findBuilder(
  { builder: name, request }: CheckedRequest,
  { record, ...asking }: JobsBuildx,
  ports: BuildTaskPorts,
): Promise<FoundBuilder> {
  const replicas = new Replicas(name, record, asking, ports);
  await replicas.settle();
  const builder = await chooseBuilder(name, request.platforms.wanted, asking, ports);
  replicas.adopt(builder.nodes);
  return { builder, replicas };
}

interface JobsBuildx extends BuildxSettings {
  readonly record: FailoverRecord | undefined;
}

/** The one that made the builder in this job; for a builder of other origin one is looked for. */
async function jobsBuildx({ builder }: CheckedRequest, ports: BuildTaskPorts): Promise<JobsBuildx> {
  const environment = buildxEnvironment(ports.host);
  const record = await recordedReplicas(builder, environment, ports);
  return { buildx: record?.buildx ?? (await findBuildx(ports)), environment, record };
}

/** Fails when both have ended, so that nothing is written to a folder that is being removed. */
async function bothEnded<A, B>(one: Promise<A>, other: Promise<B>): Promise<readonly [A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

function tell(lines: readonly string[], host: TaskHost): Promise<void> {
  lines.forEach((line) => {
    host.info(line);
  });
  return Promise.resolve();
}
