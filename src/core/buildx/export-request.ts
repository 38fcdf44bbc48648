import type { ImageFormat } from '../image/image-format.ts';
import { formatAttributes } from '../image/image-format.ts';
import { csvField } from '../text/csv-field.ts';

/** Where the result goes besides the registry. Paths are absolute. */
export interface ExportRequest {
  /** A folder in the OCI image layout. */
  readonly ociLayout: string | undefined;
  /** The same layout as one file. */
  readonly tarFile: string | undefined;
  /** The files of the image, without the image. */
  readonly localFolder: string | undefined;
  /** Raw values of `--output`. */
  readonly raw: readonly string[];
  /** Where the image can be run afterwards. */
  readonly load: 'none' | 'podman';
}

/** Nothing but what is pushed. */
export const noExports: ExportRequest = {
  ...{ ociLayout: undefined, tarFile: undefined, localFolder: undefined, raw: [], load: 'none' },
};

/** Whether the build itself writes something: one build has to have all platforms then. */
export function hasExports({ ociLayout, tarFile, localFolder, raw }: ExportRequest): boolean {
  return [ociLayout, tarFile, localFolder, ...raw].some((each) => each !== undefined);
}

/** The `--output` of each. */
export function exportArguments(
  { ociLayout, tarFile, localFolder, raw }: ExportRequest,
  format: ImageFormat,
): readonly string[] {
  const attributes = formatAttributes(format);
  return [
    ...written('oci', ociLayout, ['tar=false', ...attributes]),
    ...written('oci', tarFile, attributes),
    ...written('local', localFolder, []),
    ...raw.flatMap((value) => ['--output', value]),
  ];
}

function written(
  type: string,
  path: string | undefined,
  attributes: readonly string[],
): readonly string[] {
  if (path === undefined) return [];
  return ['--output', [`type=${type}`, csvField(`dest=${path}`), ...attributes].join(',')];
}
