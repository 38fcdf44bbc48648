import { layOutTls } from '../../src/core/buildkit/tls-files.ts';
import type { TlsSources } from '../../src/core/buildkit/tls-material.ts';
import type { BuilderPlan } from '../../src/core/buildx/create-args.ts';
import type { SetupRequest } from './inputs.ts';

/** All that will be created on the agent: files, and a builder in buildx's store. */
export interface Attachment {
  readonly builder: BuilderPlan;
  /** BUILDX_CONFIG: one folder for all builders of the job; everything else lies in it. */
  readonly store: string;
  readonly filesToWrite: readonly { readonly path: string; readonly pem: string }[];
}

/** @param store absolute path of the job's own folder for builders */
export function planAttachment(
  { builderName, endpoint }: Pick<SetupRequest, 'builderName' | 'endpoint'>,
  sources: TlsSources | undefined,
  store: string,
): Attachment {
  const layout = sources && layOutTls(sources, `${store}/certs/${builderName}`);
  return {
    builder: {
      name: builderName,
      node: `${builderName}-0`,
      endpoint: endpoint.url,
      ...(layout === undefined ? {} : { tls: layout.files }),
    },
    store,
    filesToWrite: layout?.toWrite ?? [],
  };
}
