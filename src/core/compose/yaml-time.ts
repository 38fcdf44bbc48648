const form =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?(Z|[-+]\d\d:\d\d)?)?$/;

/** A time stamp that go-yaml recognises, as Go prints it: `2024-01-01 00:00:00 +0000 UTC`; else undefined. */
export function goTime(text: string): string | undefined {
  const parts = form.exec(text)?.map((part: string | undefined) => part ?? '');
  if (parts === undefined) return undefined;
  const [, year = '', month = '', day = '', separator, hour, minute, second] = parts;
  const [fraction = '', zone = ''] = parts.slice(8);
  // Only the form with a blank goes without a zone.
  if (separator !== '' && (separator === ' ') === (zone !== '')) return undefined;
  if (!isDate(year, month, day) || !isClock(hour, minute, second)) return undefined;
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${fraction.replace(/\.?0+$/, '')}`;
  return `${year}-${two(month)}-${two(day)} ${clock} ${offset(zone)}`;
}

function isDate(year: string, month: string, day: string): boolean {
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1) return false;
  return d <= new Date(Date.UTC(Number(year), m, 0)).getUTCDate();
}

function isClock(hour = '', minute = '', second = ''): boolean {
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

function two(digits = ''): string {
  return digits.padStart(2, '0');
}

function offset(zone: string): string {
  if (zone === '' || zone === 'Z') return '+0000 UTC';
  const digits = zone.replace(':', '');
  return digits === '+0000' ? '+0000 UTC' : `${digits} ${digits}`;
}
