import { createKubernetesArgs } from '../../src/core/buildx/kubernetes-args.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import type { KubernetesRequest } from './kubernetes-request.ts';

/** The lines of a dry run: what would be done, with commands to paste. */
export function explainKubernetes(
  { plan, keepsPods, podTimeoutSeconds, setDefault }: KubernetesRequest,
  store: string,
  buildx: Buildx,
): readonly string[] {
  const command = quoteCommand(buildx.file, createKubernetesArgs(plan));
  const after = keepsPods
    ? `- remove ${store} after the job, and leave the pods to the next`
    : `- delete the pods and remove ${store} after the job`;
  return [
    'Dry run: the inputs are well; nothing was contacted or created. Without it, this step would',
    `- run, with buildx ${buildx.version}: BUILDX_CONFIG=${store} ${command}`,
    `- wait at most ${podTimeoutSeconds} s until the pods are ready`,
    ...(setDefault ? ['- set BUILDX_BUILDER and BUILDX_CONFIG for later steps'] : []),
    after,
  ];
}
