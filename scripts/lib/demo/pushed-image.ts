import * as v from 'valibot';

const index = v.object({
  manifests: v.array(
    v.object({
      digest: v.string(),
      platform: v.optional(v.object({ os: v.string(), architecture: v.string() })),
    }),
  ),
});

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

export interface PushedImage {
  readonly digest: string;
  /** `os/architecture`, attestations left out. */
  readonly platforms: readonly string[];
}

/** Asks the registry itself what a tag points at: distribution spec, GET /v2/<name>/manifests/<reference>. */
export async function pushedImage(
  host: string,
  repository: string,
  tag: string,
  credentials: { readonly username: string; readonly password: string },
): Promise<PushedImage> {
  const basic = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  const url = `http://${host}/v2/${repository}/manifests/${tag}`;
  const response = await fetch(url, {
    headers: { authorization: `Basic ${basic}`, accept: indexTypes.join(', ') },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`${url} answered ${response.status}, expected the pushed index`);
  const { manifests } = v.parse(index, await response.json());
  const platforms = manifests.flatMap(({ platform }) =>
    platform === undefined || platform.os === 'unknown'
      ? []
      : [`${platform.os}/${platform.architecture}`],
  );
  return { digest: response.headers.get('docker-content-digest') ?? '', platforms };
}
