import { readFileSync } from 'node:fs';

/** The build arguments of the agent image and their defaults. */
export function agentImageArgs(): ReadonlyMap<string, string> {
  const text = readFileSync('deploy/agent-image/Dockerfile', 'utf8');
  return new Map(
    [...text.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}
