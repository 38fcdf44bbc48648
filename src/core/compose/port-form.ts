import { isAddress } from './ip-address.ts';
import { type Reading, fault } from './reading.ts';

/** One port of the short form, in the words of the long form. */
export interface PortForm {
  readonly hostIp: string;
  /** A port, a range for any free one of it, or empty. */
  readonly published: string;
  readonly target: number;
  readonly protocol: string;
}

const form = '[ip:][host:]container[/tcp|udp|sctp], with single ports or ranges';

/** e.g. `5432`, `8080:80`, `127.0.0.1::80`, `[::1]:8000-8002:80-82/udp`; as docker/go-connections reads it (nat). */
export function readShortPort(text: string): Reading<readonly PortForm[]> {
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const [, container = '', protocol = 'tcp'] = /^([^/]*)(?:\/(.*))?$/s.exec(last) ?? [];
  const host = parts.at(-2) ?? '';
  const ip = parts
    .slice(0, -2)
    .join(':')
    .replace(/^\[(.*)\]$/, '$1');
  const lower = protocol === '' ? 'tcp' : protocol.toLowerCase();
  if (!['tcp', 'udp', 'sctp'].includes(lower)) {
    return fault(`knows tcp, udp and sctp, found "${protocol}".`, 'Mend the protocol.');
  }
  if (ip !== '' && !isAddress(ip)) {
    return fault(`expected an IP address, found "${ip}".`, `Write ${form}.`);
  }
  return spread({ container, host, ip, protocol: lower }, text);
}

interface Parts {
  readonly container: string;
  readonly host: string;
  readonly ip: string;
  readonly protocol: string;
}

function spread(
  { container, host, ip, protocol }: Parts,
  text: string,
): Reading<readonly PortForm[]> {
  const inside = readRange(container);
  const outside = host === '' ? undefined : readRange(host);
  if (inside === undefined || (host !== '' && outside === undefined)) {
    return fault(`expected ${form}; found "${text}".`, 'Mend the ports.');
  }
  const width = inside.to - inside.from;
  const isAnyOf = width === 0 && outside !== undefined && outside.to > outside.from;
  if (outside !== undefined && width > 0 && outside.to - outside.from !== width) {
    return fault(`has ranges of different lengths: "${text}".`, 'Give both sides as many ports.');
  }
  const published = (at: number): string => {
    if (outside === undefined) return '';
    return isAnyOf ? `${outside.from}-${outside.to}` : String(outside.from + at);
  };
  const found = Array.from({ length: width + 1 }, (_, at) => ({
    hostIp: ip,
    published: published(at),
    target: inside.from + at,
    protocol,
  }));
  return { value: found.sort((a, b) => (String(a.target) < String(b.target) ? -1 : 1)) };
}

/** `80` or `80-90`, from 0 to 65535. */
export function readRange(
  text: string,
): { readonly from: number; readonly to: number } | undefined {
  const [, first = '', last = first] = /^([-+]?\d{1,10})(?:-(\d{1,10}))?$/.exec(text) ?? [];
  const range = { from: Number(first), to: Number(last) };
  const isPort = (port: number): boolean => port >= 0 && port <= 65_535;
  if (first === '' || !isPort(range.from) || !isPort(range.to)) return undefined;
  return range.from <= range.to ? range : undefined;
}
