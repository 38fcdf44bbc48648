import { createArgs } from '../../src/core/buildx/create-args.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import type { Attachment } from './attachment.ts';
import type { CheckedRequest } from './read-request.ts';

/** The lines of a dry run: what would be done, with commands to paste. */
export function explainPlan(
  request: CheckedRequest,
  { builder, store, filesToWrite }: Attachment,
  buildx: Buildx,
): readonly string[] {
  const command = quoteCommand(buildx.file, createArgs(builder));
  return [
    'Dry run: the inputs are well; nothing was contacted or created. Without it, this step would',
    `- look at ${builder.endpoint} (${security(request)}) for at most ${request.connectTimeoutSeconds} s`,
    ...filesToWrite.map(({ path }) => `- write ${path}, readable by the agent's user only`),
    `- run, with buildx ${buildx.version}: BUILDX_CONFIG=${store} ${command}`,
    ...(request.setDefault ? ['- set BUILDX_BUILDER and BUILDX_CONFIG for later steps'] : []),
    `- remove ${store} after the job`,
  ];
}

function security({ endpoint, tls }: CheckedRequest): string {
  if (endpoint.kind === 'unix') return 'a socket of this machine';
  if (tls === undefined) return 'plain TCP';
  return tls.sources.client === undefined ? 'TLS' : 'mutual TLS';
}
