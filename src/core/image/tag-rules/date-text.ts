import dayjs from 'dayjs';
import advancedFormat from 'dayjs/plugin/advancedFormat.js';
import isoWeek from 'dayjs/plugin/isoWeek.js';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import weekOfYear from 'dayjs/plugin/weekOfYear.js';
import weekYear from 'dayjs/plugin/weekYear.js';

[utc, timezone, advancedFormat, isoWeek, weekOfYear, weekYear].forEach((plugin) => {
  dayjs.extend(plugin);
});

/** moment's tokens, longest first (momentjs.com/docs, "Format"). */
const momentToken =
  /\[[^\]]*\]|Mo|M{1,4}|Do|DDDo|D{1,4}|do|d{1,4}|wo|ww?|Wo|WW?|Qo?|N{1,5}|Y{1,6}|y{1,4}|yo|g{2,5}|G{2,5}|e|E|a|A|hmm(?:ss)?|Hmm(?:ss)?|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|L{1,4}T?S?|l{1,4}/g;

const known = new Set([
  ...['YY', 'YYYY', 'M', 'MM', 'MMM', 'MMMM', 'D', 'DD', 'Do', 'd', 'dd', 'ddd', 'dddd'],
  ...['H', 'HH', 'h', 'hh', 'k', 'kk', 'm', 'mm', 's', 'ss', 'SSS', 'A', 'a', 'Z', 'ZZ', 'z'],
  ...['Q', 'x', 'X', 'w', 'ww', 'wo', 'W', 'WW', 'gggg', 'GGGG'],
]);

/** A moment in a format of moment.js, in a time zone of the IANA list; both have been checked. */
export function formatDate(ms: number, format: string, timeZone = 'UTC'): string {
  return dayjs(ms).tz(timeZone).format(format);
}

/** What is wrong with a format or a time zone; undefined when they are well. */
export function dateProblem(format: string, timeZone = 'UTC'): string | undefined {
  const unknown = (format.match(momentToken) ?? []).find(
    (token) => !token.startsWith('[') && !known.has(token),
  );
  if (unknown !== undefined) return `the date format has no "${unknown}"; literal text goes in [ ]`;
  return isTimeZone(timeZone) ? undefined : `there is no time zone "${timeZone}"`;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
