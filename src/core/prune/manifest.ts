import * as v from 'valibot';

/** What a manifest is for. `image`: of one platform; `cacheIndex`: BuildKit's older cache, whose "manifests" are blobs. */
export type ManifestKind = 'image' | 'index' | 'cache' | 'cacheIndex' | 'attestation' | 'artifact';

/** Something in a registry that has a size. */
export interface Blob {
  readonly digest: string;
  readonly size: number;
}

/** A manifest of one repository, as far as cleaning cares. */
export interface Manifest {
  readonly digest: string;
  readonly kind: ManifestKind;
  /** Bytes of the manifest itself. */
  readonly size: number;
  /** Digests of the manifests in an index. */
  readonly children: readonly string[];
  /** The manifest that this one says something about (OCI image-spec 1.1, `subject`). */
  readonly subject: string | undefined;
  /** Configuration and layers; of an older cache its entries. */
  readonly blobs: readonly Blob[];
  /** The configuration that may tell a time; undefined for an index. */
  readonly config: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

const cacheConfig = 'application/vnd.buildkit.cacheconfig.v0';
const attestation = 'application/vnd.docker.attestation.manifest.v1+json';
const imageConfigs = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

const text = v.fallback(v.optional(v.string(), ''), '');
const annotations = v.fallback(v.optional(v.record(v.string(), v.string()), {}), {});
const descriptor = v.object({
  digest: v.string(),
  size: v.fallback(v.optional(v.number(), 0), 0),
  mediaType: text,
  artifactType: text,
  annotations,
});

/** Every kind of manifest at once: what a kind does not have is empty (OCI image-spec, manifest.md and image-index.md). */
const schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    schemaVersion: v.optional(v.number()),
    artifactType: text,
    manifests: v.optional(v.array(descriptor)),
    config: v.optional(descriptor),
    layers: v.optional(v.array(descriptor), []),
    subject: v.optional(descriptor),
    annotations,
  }),
  // Docker's oldest form has none of them.
  v.check(
    ({ manifests, config, schemaVersion }) => (manifests ?? config ?? schemaVersion) !== undefined,
  ),
);

type Read = v.InferOutput<typeof schema>;

/** Undefined when the text is no manifest. @param body as the registry keeps it under that digest */
export function parseManifest(digest: string, body: string): Manifest | undefined {
  const result = v.safeParse(schema, body);
  if (!result.success) return undefined;
  const read = result.output;
  const kind = kindOf(read);
  const { manifests = [], config, layers, subject } = read;
  const entries = kind === 'cacheIndex' ? manifests : [...(config ? [config] : []), ...layers];
  const cache = manifests.find(({ mediaType }) => mediaType === cacheConfig);
  return {
    ...{ digest, kind, size: Buffer.byteLength(body), annotations: read.annotations },
    children: kind === 'cacheIndex' ? [] : manifests.map((one) => one.digest),
    subject: subject?.digest,
    blobs: entries.map((one) => ({ digest: one.digest, size: one.size })),
    config: (kind === 'cacheIndex' ? cache : config)?.digest,
  };
}

/** A cache of BuildKit's, in its new or its old form. */
export function isCache({ kind }: Manifest): boolean {
  return kind === 'cache' || kind === 'cacheIndex';
}

function kindOf(read: Read): ManifestKind {
  const { manifests, config = { mediaType: '' }, artifactType } = read;
  if (manifests?.some(({ mediaType }) => mediaType === cacheConfig) === true) return 'cacheIndex';
  if (manifests !== undefined) return 'index';
  if (config.mediaType === cacheConfig) return 'cache';
  if (artifactType === attestation || isInToto(read)) return 'attestation';
  const isImage = imageConfigs.includes(config.mediaType) && artifactType === '';
  return isImage ? 'image' : 'artifact';
}

/** BuildKit's older attestations call themselves images; only their layers tell. */
function isInToto({ layers }: Read): boolean {
  return layers.length > 0 && layers.every(({ mediaType }) => mediaType.includes('in-toto'));
}
