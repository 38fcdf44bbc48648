const units = [
  { name: 's', ms: 1_000, limit: 120_000 },
  { name: 'min', ms: 60_000, limit: 7_200_000 },
  { name: 'h', ms: 3_600_000, limit: 172_800_000 },
  { name: 'd', ms: 86_400_000, limit: Infinity },
] as const;

/** e.g. `90 s`, `5 h`, `12 d`: whole units, rounded down; `0 s` also for what lies ahead. */
export function formatAge(ms: number): string {
  const { name, ms: unit } = units.find(({ limit }) => ms < limit) ?? units[3];
  return `${Math.max(0, Math.floor(ms / unit))} ${name}`;
}
