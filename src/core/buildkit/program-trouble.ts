/** What to do about a program that ended before the daemon behind it answered. */
export interface ProgramTrouble {
  readonly change: string;
  /** Whether waiting may help. */
  readonly mayPass: boolean;
}

/** Words of ssh, kubectl, the remote shell and buildctl; first match wins. */
const troubles: readonly (readonly [words: RegExp, change: string, mayPass: boolean])[] = [
  [
    /Host key verification failed/,
    "Add the host's key to ~/.ssh/known_hosts of the agent's user, as ssh-keyscan prints it.",
    false,
  ],
  [/Permission denied \(/, "Give the agent's user a key that the host accepts.", false],
  [
    /buildctl"?: (?:command |executable file )?not found/,
    'Install buildctl beside buildkitd, on the PATH of a shell without login.',
    false,
  ],
  [
    /\(Forbidden\)/,
    'Give the agent the right "create" on "pods/exec" there, or use a TCP address, which needs no rights in the cluster.',
    false,
  ],
  [
    /context "[^"]*" does not exist|context was not found/,
    "Correct context=; kubectl config get-contexts lists the agent's own.",
    false,
  ],
  [
    /pods "[^"]*" not found|namespaces "[^"]*" not found|container \S+ (?:is )?not (?:found|valid)/,
    'Check the names of pod, namespace and container.',
    true,
  ],
  [
    /buildkitd\.sock|dial unix/,
    'Check that buildkitd runs there, and that this user may use its socket.',
    true,
  ],
];

/** @param said the program's error output */
export function programTrouble(said: string): ProgramTrouble {
  const found = troubles.find(([words]) => words.test(said));
  if (found !== undefined) return { change: found[1], mayPass: found[2] };
  const change = "Run the same by hand as the agent's user; what it prints is the cause.";
  return { change, mayPass: true };
}

/** The line of an error output that tells most. */
export function tellingLine(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => line !== '' && !/^command terminated with/.test(line));
  return telling.at(-1) ?? '';
}
