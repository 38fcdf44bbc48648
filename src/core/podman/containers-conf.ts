/**
 * A containers.conf(5) with `default_sysctls = []` and everything else as it was, for CONTAINERS_CONF: Podman
 * then reads that file alone. TOML knows a table once, so the key goes right below its heading.
 */
export function withoutDefaultSysctls(text: string): string {
  const others = text.replace(/^\s*default_sysctls\s*=\s*\[[^\]]*\][^\n]*\n?/gm, '');
  const heading = /^\s*\[containers\][^\n]*$/m;
  const key = 'default_sysctls = []';
  if (heading.test(others)) return others.replace(heading, (line) => `${line}\n${key}`);
  return `${others.trimEnd()}\n\n[containers]\n${key}\n`.trimStart();
}
