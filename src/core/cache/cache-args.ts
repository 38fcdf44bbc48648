import type { ImageFormat } from '../image/image-format.ts';
import { type RawCache, rawCacheOption } from './raw-cache.ts';
import { type RegistryCache, noCache } from './registry-cache.ts';

/** `--cache-from` for every cache that is read, in the order in which BuildKit asks them. */
export function cacheImportArguments({ from, rawFrom }: RegistryCache): readonly string[] {
  const options = [
    ...from.map((ref) => `type=registry,ref=${ref}`),
    ...rawFrom.map(rawCacheOption),
  ];
  return options.flatMap((option) => ['--cache-from', option]);
}

/**
 * `--cache-to` for every cache that is written. The manifest form is always given, because its default changed
 * with BuildKit 0.21 and several registries take no other; a failed export must not fail the build. Layers are
 * packed as in the image, or each would be packed twice.
 */
export function cacheExportArguments(
  { to, mode, rawTo }: RegistryCache,
  format: Pick<ImageFormat, 'compression'>,
): readonly string[] {
  const own = to === undefined ? [] : Object.entries(writtenCache({ to, mode }, format));
  const options = [
    ...(own.length === 0 ? [] : [own.map(([name, value]) => `${name}=${value}`).join(',')]),
    ...rawTo.map((raw) => rawCacheOption(tolerant(raw))),
  ];
  return options.flatMap((option) => ['--cache-to', option]);
}

/** The attributes of the cache image that is written. */
export function writtenCache(
  { to, mode }: { readonly to: string; readonly mode: RegistryCache['mode'] },
  { compression }: Pick<ImageFormat, 'compression'>,
): Readonly<Record<string, string>> {
  return {
    ...{ type: 'registry', ref: to, mode, 'image-manifest': 'true', 'oci-mediatypes': 'true' },
    ...(compression === 'gzip' ? {} : { compression }),
    'ignore-error': 'true',
  };
}

/** What goes with the image in any case: an inline cache is in the image itself. */
export function inlineOnly(cache: RegistryCache): RegistryCache {
  return { ...noCache, rawTo: cache.rawTo.filter(({ type }) => type === 'inline') };
}

/** What can be written without the image. */
export function withoutInline(cache: RegistryCache): RegistryCache {
  return { ...cache, rawTo: cache.rawTo.filter(({ type }) => type !== 'inline') };
}

/** The user's own word wins. */
function tolerant(raw: RawCache): RawCache {
  if (raw.type === 'inline' || raw.attributes.some(([name]) => name === 'ignore-error')) return raw;
  return { ...raw, attributes: [...raw.attributes, ['ignore-error', 'true']] };
}
