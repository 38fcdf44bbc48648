import * as v from 'valibot';
import type { HttpWait, LogWait, TlsWait, Wait } from '../../health/wait.ts';
import { type PresetName, isPreset, presetNames } from '../../services/presets.ts';
import { knownKeys } from '../known-keys.ts';
import { type Reading, fault, joinMessage, kindOf, readBy } from '../reading.ts';
import { duration, flag, text, whole } from './scalars.ts';

const port = readBy((input): Reading<number> => {
  const said = Number(input);
  if (Number.isInteger(said) && said >= 1 && said <= 65_535) return { value: said };
  return fault(`expected a port, found ${kindOf(input)}.`, 'Write one from 1 to 65535.');
});

const tcp = v.pipe(
  v.unknown(),
  v.transform((input) => (Array.isArray(input) ? (input as unknown[]) : [input])),
  v.array(port),
);

const longTls = v.pipe(
  knownKeys({ ca: v.optional(text), serverName: v.optional(text), insecure: v.optional(flag) }),
  v.transform(({ ca, serverName, insecure = false }): TlsWait => ({
    insecure,
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
  })),
);

const shortTls = readBy((input): Reading<TlsWait | undefined> => {
  if (input === false) return { value: undefined };
  if (input === true || input === 'insecure') return { value: { insecure: input === 'insecure' } };
  const change = 'Write true, insecure, or { ca: path/of/ca.pem, serverName: web }.';
  return fault(`expected how to trust the server, found ${kindOf(input)}.`, change);
});

const longHttp = v.pipe(
  knownKeys({
    ...{ port, path: v.optional(text, '/'), status: v.optional(whole) },
    tls: v.optional(v.lazy((input) => (isMap(input) ? longTls : shortTls))),
  }),
  v.transform(({ port: of, path, status, tls }): HttpWait => ({
    port: of,
    path,
    ...(status === undefined ? {} : { status }),
    ...(tls === undefined ? {} : { tls }),
  })),
);

const shortHttp = readBy((input): Reading<HttpWait> => {
  const [, digits, path] = /^:?(\d{1,5})(\/\S*)?$/.exec(String(input)) ?? [];
  const said = Number(digits);
  if (said >= 1 && said <= 65_535) return { value: { port: said, path: path ?? '/' } };
  return fault(`expected port and path, found ${kindOf(input)}.`, 'Write e.g. 8080/health.');
});

const pattern = readBy((input): Reading<string> => {
  if (typeof input !== 'string' || input === '') {
    return fault(`expected text, found ${kindOf(input)}.`, 'Write part of the line.');
  }
  try {
    new RegExp(input);
    return { value: input };
  } catch {
    return fault(`expected a regular expression, found "${input}".`, 'Put \\ before its signs.');
  }
});

const times = readBy((input): Reading<number> => {
  if (typeof input === 'number' && Number.isInteger(input) && input > 0) return { value: input };
  return fault(`expected a number from 1 on, found ${kindOf(input)}.`, 'Write e.g. 2.');
});

const longLog = v.pipe(
  knownKeys({ pattern, times: v.optional(times, 1) }),
  v.transform(({ pattern: line, times: count }): LogWait => ({ pattern: line, times: count })),
);

const shortLog = v.pipe(
  pattern,
  v.transform((line): LogWait => ({ pattern: line, times: 1 })),
);

const isMap = (input: unknown): boolean => typeof input === 'object';

/** `x-wait`: when a service is ready, beside its healthcheck. */
export const wait = v.pipe(
  knownKeys({
    tcp: v.optional(tcp),
    http: v.optional(v.lazy((input) => (isMap(input) ? longHttp : shortHttp))),
    log: v.optional(v.lazy((input) => (isMap(input) ? longLog : shortLog))),
    shell: v.optional(text),
    timeout: v.optional(duration),
  }),
  v.check(
    (said) => Object.keys(said).length > 0,
    joinMessage({ what: 'is empty.', change: 'Write tcp, http, log, shell or timeout.' }),
  ),
  v.transform(({ tcp: ports, http, log, shell, timeout }): Wait => {
    return {
      ...(ports === undefined ? {} : { tcp: ports }),
      ...(http === undefined ? {} : { http }),
      ...(log === undefined ? {} : { log }),
      ...(shell === undefined ? {} : { shell }),
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    };
  }),
);

/** `x-preset`: what the image behaves like, or `none`. */
export const preset = readBy((input): Reading<PresetName | 'none'> => {
  const word = String(input);
  if (word === 'none' || isPreset(word)) return { value: word };
  return fault(
    `expected a preset, found ${kindOf(input)}.`,
    `There are ${presetNames.join(', ')}, and none.`,
  );
});
