import { join } from 'node:path/posix';
import * as v from 'valibot';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { buildxEnvironment } from './buildx-settings.ts';
import { describeCommand } from './explain-plan.ts';
import { secretRows, sourceRows } from './explain-request.ts';
import type { BuildPlan } from './plan-build.ts';
import type { CheckedRequest } from './read-request.ts';
import type { StepPaths } from './step-paths.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import { table } from '../../src/core/text/table.ts';

/** What buildx itself writes of a builder (docker/buildx, store/nodegroup.go). */
const instanceText = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ Nodes: v.array(v.object({ Endpoint: v.string() })) }),
);

/** Prints what the step would do: references, sources, daemon and commands. Nothing is contacted or created. */
export async function explainDryRun(
  plan: BuildPlan,
  { accounts, builder }: CheckedRequest,
  paths: StepPaths,
  { host, files }: Pick<TaskPorts, 'host' | 'files'>,
): Promise<void> {
  const loginFolder = accounts.length === 0 ? undefined : paths.loginFolder;
  const environment = buildxEnvironment(host, loginFolder);
  const store = environment['BUILDX_CONFIG'] ?? '';
  const instance = await files.readText(join(store, 'instances', builder));
  const rows = [
    ...plan.request.image.references.map((image) => ['Image', taggedReference(image)]),
    ['Builder', `${builder} (${endpointsIn(instance)})`],
    ...sourceRows(plan.request),
    ...secretRows(plan.request),
  ];
  const lines = [
    'Dry run: the inputs are well; nothing was contacted or created.',
    ...table(rows),
    'Without it, this step would write logins and large secrets for itself alone, run this, and remove them:',
    ...plan.parts.map((part) => describeCommand('buildx', environment, part)),
  ];
  lines.forEach((line) => {
    host.info(line);
  });
}

function endpointsIn(instance: string | undefined): string {
  const result = v.safeParse(instanceText, instance);
  if (!result.success) return 'not attached in this job';
  return result.output.Nodes.map(({ Endpoint }) => Endpoint).join(', ');
}
