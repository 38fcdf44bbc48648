const form =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?(Z|[-+]\d\d:\d\d)?)?$/;

/** A time stamp that go-yaml recognises, as Go prints it: `2024-01-01 00:00:00 +0000 UTC`; else undefined. */
export function goTime(text: string): string | undefined {
  const found = form.exec(text);
  if (found === null) return undefined;
  const [, year, month = '', day = '', separator, hour = '0', minute = '0', second = '0'] = found;
  const [fraction = '', zone] = [found[8], found[9]];
  const isSpaced = separator === ' ';
  if (separator !== undefined && isSpaced === (zone !== undefined)) return undefined;
  const isReal = isDate(Number(year), Number(month), Number(day));
  const isClock = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!isReal || !isClock) return undefined;
  const date = `${year ?? ''}-${two(month)}-${two(day)}`;
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${fraction.replace(/\.?0+$/, '')}`;
  return `${date} ${clock} ${offset(zone)}`;
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

function offset(zone = 'Z'): string {
  if (zone === 'Z') return '+0000 UTC';
  const digits = zone.replace(':', '');
  return digits === '+0000' ? '+0000 UTC' : `${digits} ${digits}`;
}
