import { rootCertificates } from 'node:tls';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { type NetworkRoute, proxyFor } from './network-route.ts';

/** Longer silences mean that nothing will come. */
const limits = { headersTimeout: 30_000, bodyTimeout: 30_000 };
const connectLimitMs = 10_000;

/** undici's connections over a route. */
export function dispatcherFor(url: string, route: NetworkRoute): Dispatcher {
  const { ca, checkCertificates } = route;
  const tls = {
    timeout: connectLimitMs,
    rejectUnauthorized: checkCertificates,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  };
  const proxy = proxyFor(url, route);
  if (proxy === undefined) return new Agent({ ...limits, connect: tls });
  return new ProxyAgent({
    ...limits,
    uri: proxy,
    requestTls: tls,
    proxyTls: tls,
    // Proxies rarely tunnel to the port of plain HTTP.
    proxyTunnel: url.startsWith('https:'),
  });
}
