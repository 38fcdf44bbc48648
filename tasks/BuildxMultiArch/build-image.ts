import { UserError } from '../../src/core/errors.ts';
import { ruleWarnings } from '../../src/core/image/tag-rules/apply-rules.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { findBuildx } from '../../src/workflows/find-buildx.ts';
import { buildxEnvironment } from './buildx-settings.ts';
import { type ChosenBuilder, chooseBuilder } from './choose-builder.ts';
import { explainDryRun } from './explain-dry-run.ts';
import { describePlan } from './explain-plan.ts';
import { finishBuild } from './finish-build.ts';
import type { Inputs } from './inputs/surroundings.ts';
import { type BuildPlan, planBuild } from './plan-build.ts';
import { prepareBuild } from './prepare-build.ts';
import { type CheckedRequest, readRequest } from './read-request.ts';
import { runBuild } from './run-build.ts';
import { type StepPaths, stepPaths } from './step-paths.ts';

/** Reads, plans, builds, and tells what came of it. */
export async function buildImage(inputs: Inputs, ports: TaskPorts): Promise<void> {
  const { host, files } = ports;
  const checked = await readRequest(inputs, ports);
  const paths = stepPaths(host);
  if (inputs.dryRun) {
    await explainDryRun(planFor(checked, undefined, paths, host), checked, paths, ports);
    return;
  }
  const buildx = await findBuildx(ports);
  const asking = { buildx, environment: buildxEnvironment(host) };
  const builder = await chooseBuilder(
    checked.builder,
    checked.request.platforms.wanted,
    asking,
    ports,
  );
  const plan = planFor(checked, builder, paths, host);
  await host.group('Plan', () => tell(describePlan(plan, checked, builder), host));
  try {
    const environment = await prepareBuild(plan, checked, paths, ports);
    const settings = { buildx, environment };
    const outcome = await runBuild(plan, settings, paths, ports);
    await finishBuild({ plan, builder, settings, outcome }, paths, ports);
  } finally {
    await files.remove(paths.privateFolder);
  }
}

/** @throws UserError when the cache would take the place of the image */
function planFor(
  { request, builder: name }: CheckedRequest,
  chosen: ChosenBuilder | undefined,
  paths: StepPaths,
  host: TaskHost,
): BuildPlan {
  const platforms = chosen?.platforms.map(({ platform }) => platform) ?? request.platforms.wanted;
  const plan = planBuild(request, platforms, { builder: name, ...paths });
  if (!plan.ok) throw new UserError(plan.problems);
  // Equal in all parts: they differ by platform only.
  const ofCommand = plan.value.parts[0]?.command.warnings ?? [];
  [...ruleWarnings(request.image.rules), ...ofCommand].forEach((warning) => {
    host.warning(warning);
  });
  return plan.value;
}

function tell(lines: readonly string[], host: TaskHost): Promise<void> {
  lines.forEach((line) => {
    host.info(line);
  });
  return Promise.resolve();
}
