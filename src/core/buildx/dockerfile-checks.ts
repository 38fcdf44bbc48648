/** The build argument that overrules the `# check=` line of a Dockerfile (docs.docker.com/build/checks). */
export const checksArg = 'BUILDKIT_DOCKERFILE_CHECK';

/** Its value for a build that fails on findings: what the Dockerfile leaves out stays left out. */
export function failingChecks(dockerfile: string): string {
  const own = /^#\s*check\s*=\s*(.*)$/im.exec(directives(dockerfile))?.[1] ?? '';
  const kept = own.split(';').filter((part) => /^\s*(skip|experimental)\s*=/i.test(part));
  return [...kept.map((part) => part.trim()), 'error=true'].join(';');
}

/** Directives are comments before anything else. */
function directives(dockerfile: string): string {
  const lines = dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/);
  const end = lines.findIndex((line) => !/^\s*#\s*\w+\s*=/.test(line));
  return lines.slice(0, end < 0 ? lines.length : end).join('\n');
}
