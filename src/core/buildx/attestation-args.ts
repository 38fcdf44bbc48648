import { csvField } from '../text/csv-field.ts';

/** What is stated of the image beside it (docs.docker.com/build/metadata/attestations). */
export interface AttestationRequest {
  readonly provenance: 'none' | 'min' | 'max';
  /** A list of the software inside; the daemon runs the scanner. */
  readonly sbom: boolean;
}

/** Always said: the default depends on BuildKit's version. BuildKit knows GitHub's runs by itself, ours only by the builder id. */
export function attestationArguments(
  request: AttestationRequest,
  runUrl: string | undefined,
): readonly string[] {
  return [`--provenance=${provenance(request, runUrl)}`, `--sbom=${request.sbom}`];
}

function provenance(request: AttestationRequest, runUrl: string | undefined): string {
  if (request.provenance === 'none') return 'false';
  const builder = runUrl === undefined ? [] : [csvField(`builder-id=${runUrl}`)];
  return [`mode=${request.provenance}`, ...builder].join(',');
}
