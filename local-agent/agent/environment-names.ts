/**
 * The agent's one rule for making environment names: "." and space become "_", then upper case; nothing else changes
 * (CORE/Util/VarUtil.cs).
 */
export function toEnvironmentName(name: string): string {
  return name.replaceAll('.', '_').replaceAll(' ', '_').toUpperCase();
}
