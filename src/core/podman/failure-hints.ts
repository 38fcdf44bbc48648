import { hostTrouble } from './host-trouble.ts';

const hints: readonly (readonly [RegExp, string])[] = [
  [
    /cannot expose privileged port/,
    'A plain user may not publish ports below 1024: use ports: random, or declare a higher one.',
  ],
  [
    /address already in use|port is already allocated/i,
    'Another process has the port: use ports: random, or declare another one.',
  ],
  [
    /unauthorized|authentication required|access.*denied|no basic auth|incorrect username or password/i,
    'The registry wants a login: name its service connection in the input "registries".',
  ],
  [
    /manifest unknown|name unknown|not found: |does not exist/i,
    'Check the name and tag of the image.',
  ],
  [
    /no such host|connection refused|i\/o timeout|network is unreachable|deadline exceeded/i,
    'The registry could not be reached from this agent.',
  ],
  [/x509|certificate/i, 'The agent does not trust the certificate of the registry.'],
  [/executable file.*not found|no such file or directory.*OCI/i, 'The image has no such program.'],
  [/exec format error/i, "The image is for another processor than the agent's."],
];

/** What to do about a failed Podman command, by the words on its stderr; undefined for an unknown cause. */
export function hintFor(stderr: string): string | undefined {
  const trouble = hostTrouble(stderr)?.problem;
  if (trouble !== undefined) return `${trouble.what} ${trouble.change}`;
  return hints.find(([pattern]) => pattern.test(stderr))?.[1];
}
