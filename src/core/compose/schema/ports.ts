import { isAddress } from '../ip-address.ts';
import * as v from 'valibot';
import type { PortMapping, PortRange } from '../model-mounts.ts';
import { knownKeys } from '../known-keys.ts';
import { readRange, readShortPort } from '../port-form.ts';
import { type Reading, fault, kindOf, readBy } from '../reading.ts';
import { text, whole } from './scalars.ts';

/** Reached only by a short form that could not be made long. */
const unreadable = readBy((input): Reading<never> => {
  const read = readShortPort(String(input));
  if (!('value' in read)) return read;
  return fault('expected a port.', 'Write it like "5432".');
});

const hostIp = readBy((input): Reading<string> => {
  if (typeof input === 'string' && isAddress(input)) return { value: input };
  return fault(`expected an IP address, found ${kindOf(input)}.`, 'Write e.g. 127.0.0.1.');
});

/** Zero asks for any free port, as nothing does. */
const published = readBy((input): Reading<PortRange | undefined> => {
  const said = typeof input === 'number' || typeof input === 'string' ? String(input) : '-';
  const range = readRange(said);
  if (said === '' || (range?.from === 0 && range.to === 0)) return { value: undefined };
  if (range !== undefined) return { value: range };
  return fault(`expected a port or a range, found ${kindOf(input)}.`, 'Write e.g. "8080".');
});

const protocol = readBy((input): Reading<'tcp' | 'udp' | 'sctp'> => {
  const word = typeof input === 'string' ? input.toLowerCase() : '';
  if (word === 'tcp' || word === 'udp' || word === 'sctp') return { value: word };
  return fault(`expected tcp, udp or sctp, found ${kindOf(input)}.`, 'Write one of them.');
});

const longPort = v.pipe(
  knownKeys({
    target: v.optional(whole),
    published: v.optional(published),
    host_ip: v.optional(hostIp),
    protocol: v.optional(protocol, 'tcp'),
    mode: v.optional(text),
    name: v.optional(text),
    app_protocol: v.optional(text),
  }),
  v.transform((port): PortMapping => {
    return {
      containerPort: port.target ?? 0,
      protocol: port.protocol,
      ...(port.host_ip === undefined ? {} : { hostIp: port.host_ip }),
      ...(port.published === undefined ? {} : { published: port.published }),
      ...(port.name === undefined ? {} : { name: port.name }),
    };
  }),
);

/** `ports`: the long form; the short one was made long before. */
export const ports = v.array(
  v.lazy((input) => (typeof input === 'object' ? longPort : unreadable)),
);
