/** Classes of failures (build-anchors 2.5); by them a build is tried again, or not. */
export type FailureKind =
  | 'lint'
  | 'step'
  | 'push'
  | 'base-image'
  | 'registry'
  | 'dockerfile'
  | 'transport'
  | 'stalled'
  | 'other';

/** What BuildKit's message means. */
interface KnownCause {
  readonly kind: FailureKind;
  readonly pattern: RegExp;
  /** What to do about it, in one sentence. */
  readonly change: string;
}

/** The first that fits counts. */
export const knownCauses: readonly KnownCause[] = [
  {
    kind: 'other',
    pattern: /entitlement \S+ is not allowed by build daemon configuration/,
    change:
      'The daemon has to permit it: name it in "insecure-entitlements" of its buildkitd.toml, or give buildkitd --allow-insecure-entitlement.',
  },
  {
    kind: 'other',
    pattern: /(network\.host|security\.insecure) is not allowed/,
    change: 'Add it to "allow"; the daemon has to permit it as well.',
  },
  {
    kind: 'other',
    pattern: /failed to convert agent config|unset ssh forward key|no ssh handler for id/i,
    change: 'Check "ssh": each id that a step mounts needs a private key without a passphrase.',
  },
  {
    kind: 'lint',
    pattern: /lint violation found for rules/,
    change: 'Mend the lines that the warnings above name.',
  },
  {
    kind: 'dockerfile',
    pattern: /dockerfile parse error|unknown instruction|failed to read dockerfile/,
    change: 'Mend the Dockerfile.',
  },
  {
    kind: 'push',
    pattern: /failed to push .*(\b40[13]\b|denied|unauthorized|insufficient_scope|no basic auth)/is,
    change: 'Give a connection that may push there in "registries".',
  },
  {
    kind: 'push',
    pattern: /failed to push /,
    change: 'Check that the daemon reaches the registry, and that it is one.',
  },
  {
    kind: 'base-image',
    pattern: /failed to resolve source metadata for \S*docker\/dockerfile(-upstream)?[:@]/,
    change:
      'The "# syntax=" line of the Dockerfile asks for it. Without the line BuildKit takes the frontend it has built in; otherwise give the daemon a mirror of Docker Hub.',
  },
  {
    kind: 'base-image',
    pattern: /failed to resolve source metadata for \S*buildkit-syft-scanner[:@]/,
    change:
      'It is the scanner that the SBOM is made by: give the daemon a mirror of Docker Hub, or build without "sbom".',
  },
  {
    kind: 'base-image',
    pattern:
      /failed to resolve source metadata.*(\b40[13]\b|denied|unauthorized|insufficient_scope)/is,
    change: 'Check the name; if it is private, give its connection in "registries".',
  },
  {
    kind: 'base-image',
    pattern: /failed to resolve source metadata/,
    change: 'Check its name and tag, and that it exists for the platforms asked for.',
  },
  {
    kind: 'step',
    pattern: /secret .*: not found/,
    change: 'Add its id to "secrets".',
  },
  {
    kind: 'step',
    pattern: /exec format error/,
    change: 'The builder cannot run this platform: it lacks QEMU for it.',
  },
  {
    kind: 'transport',
    pattern:
      /^Unavailable: |code = Unavailable|failed to receive status|transport is closing|error reading from server|^(unexpected )?EOF$/,
    change: 'The BuildKit daemon went away; run the step again, and look at the daemon.',
  },
  {
    kind: 'registry',
    pattern: /failed to (copy|do request|fetch)|httpReadSeeker|unexpected status (code|from)/,
    change: 'Check that the daemon reaches the registry, and that it is one.',
  },
];
