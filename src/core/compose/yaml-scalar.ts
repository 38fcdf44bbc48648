import type { ScalarValue } from './node.ts';
import { goTime } from './yaml-time.ts';

/** A plain scalar's value, and the text that Docker makes of it where it wants text. */
export interface YamlScalar {
  readonly value: ScalarValue;
  readonly text: string;
}

const constants: Readonly<Record<string, YamlScalar>> = Object.fromEntries([
  ...['true', 'True', 'TRUE'].map((word) => [word, { value: true, text: 'true' }]),
  ...['false', 'False', 'FALSE'].map((word) => [word, { value: false, text: 'false' }]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { value: null, text: '' }]),
  ...['-0', '-0.0'].map((word) => [word, { value: -0, text: '-0' }]),
]) as Readonly<Record<string, YamlScalar>>;

const typed = /^tag:yaml\.org,2002:(?:int|float|bool|null|timestamp)$/;

const binary = 'tag:yaml.org,2002:binary';

/**
 * A scalar's value, by its tag where it has one.
 * @param tag in full
 * @returns undefined when compose refuses it
 */
export function readScalar(
  text: string,
  { isPlain, tag }: { readonly isPlain: boolean; readonly tag: string | undefined },
): YamlScalar | undefined {
  if (tag === binary) return readBinary(text);
  const isTyped = isPlain && (tag === undefined || typed.test(tag));
  return isTyped ? readPlainScalar(text) : { value: text, text };
}

function readBinary(base64: string): YamlScalar | undefined {
  if (!/^[a-zA-Z\d+/\s]*={0,2}\s*$/.test(base64)) return undefined;
  const text = Buffer.from(base64, 'base64').toString();
  return { value: text, text };
}

/** Numbers to YAML, and nothing to JSON, which compose checks a file in. */
const infinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/**
 * A plain scalar typed as go-yaml v4 does (internal/libyaml/resolver.go), which is neither YAML 1.1 nor 1.2:
 * `yes` stays text, `012` is ten, `1_000` a thousand, a date becomes a time stamp. Undefined: compose refuses it.
 */
function readPlainScalar(text: string): YamlScalar | undefined {
  if (infinite.test(text)) return undefined;
  const constant = Object.hasOwn(constants, text) ? constants[text] : undefined;
  if (constant !== undefined) return constant;
  if (!/^[-+.\d]/.test(text)) return { value: text, text };
  return readTime(text) ?? readNumber(text) ?? { value: text, text };
}

function readTime(text: string): YamlScalar | undefined {
  const time = goTime(text);
  return time === undefined ? undefined : { value: time, text: time };
}

function readNumber(text: string): YamlScalar | undefined {
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  const whole = readWhole(digits);
  if (whole !== undefined) return { value: Number(whole), text: whole.toString() };
  if (!float.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? { value, text: goFloat(value) } : undefined;
}

const limit = 2n ** 64n;

/** Go's strconv.ParseInt with base 0: prefixes 0x, 0o, 0b and a bare 0 for octal. */
function readWhole(text: string): bigint | undefined {
  const [, sign, body = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const digits = /^0[0-7]+$/.test(body) ? `0o${body.slice(1)}` : body;
  if (!/^(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|0|[1-9]\d*)$/.test(digits)) return undefined;
  const size = BigInt(digits.toLowerCase());
  const value = sign === '-' ? -size : size;
  return value < limit && value >= -limit / 2n ? value : undefined;
}

/** A number as Go's `%v` prints a float64: with an exponent from 1e+06 on and below 1e-04. */
function goFloat(value: number): string {
  const [mantissa = '0', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(value);
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
