import * as v from 'valibot';
import { knownKeys } from './known-keys.ts';
import type { PortMapping, PortRange, Protocol } from './model.ts';
import { type Reading, fault, joinMessage, kindOf, readBy } from './reading.ts';

const shortForm = '[ip:][host:]container[/tcp|udp], with single ports or ranges';

/** `ports`: the short form (text or number) and the long form; ranges become one mapping for each port. */
export const portsSchema = v.pipe(
  v.array(v.lazy((input) => (kindOf(input) === 'a map' ? longPort : shortPort))),
  v.transform((lists) => lists.flat()),
);

const shortPort = readBy((input) =>
  typeof input === 'string' || typeof input === 'number'
    ? readShortPort(String(input))
    : fault(`expected ${shortForm}.`, 'Write it like "5432" or "127.0.0.1:15432:5432".'),
);

const portText = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

const longPort = v.pipe(
  knownKeys({
    target: portText,
    published: v.optional(portText),
    protocol: v.optional(v.string(), 'tcp'),
    host_ip: v.optional(v.string(), ''),
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const { target, published = '', protocol, host_ip: hostIp } = dataset.value;
    const result = mappings({ container: target, published, protocol, hostIp });
    if ('value' in result) return result.value;
    addIssue({ message: joinMessage(result.fault) });
    return NEVER;
  }),
);

/** e.g. `5432`, `8080:80`, `127.0.0.1::80`, `[::1]:8000-8002:80-82/udp`. */
export function readShortPort(text: string): Reading<readonly PortMapping[]> {
  const found = /^(?:(?:(.*):)?([\d-]*):)?([\d-]+)(?:\/(\w+))?$/.exec(text.trim());
  if (found === null) return fault(`expected ${shortForm}; found "${text}".`, 'Mend it.');
  const [, ip = '', published = '', container = '', protocol = 'tcp'] = found;
  return mappings({ container, published, protocol, hostIp: ip.replace(/^\[(.*)\]$/, '$1') });
}

interface PortTexts {
  readonly container: string;
  readonly published: string;
  readonly protocol: string;
  readonly hostIp: string;
}

function mappings(texts: PortTexts): Reading<readonly PortMapping[]> {
  const container = readRange(texts.container);
  const published = ['', '0'].includes(texts.published) ? undefined : readRange(texts.published);
  const protocol = texts.protocol.toLowerCase();
  if (container === undefined) return badPort(texts.container);
  if (published === undefined && !['', '0'].includes(texts.published)) {
    return badPort(texts.published);
  }
  if (!isProtocol(protocol)) return fault(`knows tcp and udp, found "${protocol}".`, 'Mend it.');
  const width = container.to - container.from;
  if (published !== undefined && width > 0 && published.to - published.from !== width) {
    return fault('has ranges of different lengths.', 'Give both sides as many ports.');
  }
  const ip = texts.hostIp === '' ? {} : { hostIp: texts.hostIp };
  return { value: spread(container, published).map((pair) => ({ ...pair, protocol, ...ip })) };
}

function spread(
  container: PortRange,
  published: PortRange | undefined,
): readonly Pick<PortMapping, 'containerPort' | 'published'>[] {
  const width = container.to - container.from;
  return Array.from({ length: width + 1 }, (_, at) => ({
    containerPort: container.from + at,
    ...(published === undefined
      ? {}
      : { published: width === 0 ? published : single(published.from + at) }),
  }));
}

function single(port: number): PortRange {
  return { from: port, to: port };
}

function readRange(text: string): PortRange | undefined {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const range = { from: Number(first), to: Number(last) };
  const isPort = (port: number): boolean => port >= 1 && port <= 65_535;
  return isPort(range.from) && isPort(range.to) && range.from <= range.to ? range : undefined;
}

function badPort(text: string): Reading<never> {
  return fault(`expected a port from 1 to 65535 or a range, found "${text}".`, 'Mend it.');
}

function isProtocol(text: string): text is Protocol {
  return text === 'tcp' || text === 'udp';
}
