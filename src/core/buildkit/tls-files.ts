import type { TlsFiles } from '../buildx/create-args.ts';
import type { PemSource, TlsSources } from './tls-material.ts';

/** Where each PEM lies for buildx, and which of them have to be written first. */
export interface TlsLayout {
  readonly files: TlsFiles;
  readonly toWrite: readonly { readonly path: string; readonly pem: string }[];
}

/** A file of the user's is used where it lies; PEM text goes to a file of ours below `folder`. */
export function layOutTls({ ca, client, serverName }: TlsSources, folder: string): TlsLayout {
  const named = [
    { source: ca, path: pathOf(ca, `${folder}/ca.pem`) },
    ...(client === undefined
      ? []
      : [
          { source: client.cert, path: pathOf(client.cert, `${folder}/cert.pem`) },
          { source: client.key, path: pathOf(client.key, `${folder}/key.pem`) },
        ]),
  ];
  const [caFile, cert, key] = named.map(({ path }) => path);
  return {
    files: {
      ca: caFile ?? '',
      ...(cert === undefined || key === undefined ? {} : { client: { cert, key } }),
      ...(serverName === undefined ? {} : { serverName }),
    },
    toWrite: named.flatMap(({ source, path }) =>
      source.kind === 'text' ? [{ path, pem: source.pem }] : [],
    ),
  };
}

function pathOf(source: PemSource, ours: string): string {
  return source.kind === 'file' ? source.path : ours;
}
