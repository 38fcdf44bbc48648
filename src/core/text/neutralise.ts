/**
 * Makes a line from a build or a container harmless for the agent, which finds `##vso[` anywhere in a
 * line and renders `##[...]` (agent contract 3.1, 3.6). The replacement is task-lib's own: `##_vso[`.
 */
export function neutralise(line: string): string {
  return line.replace(/##vso\[/gi, '##_vso[').replace(/##\[/g, '##_[');
}
