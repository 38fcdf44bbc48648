import { type RequestOptions as PlainOptions, Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent, type AgentOptions } from 'node:https';
import { rootCertificates } from 'node:tls';
import { type NetworkRoute, proxyFor } from './network-route.ts';

/** Options of Node's http and https for the requests to one origin; its connections stay open for the next one. */
export async function routeOptions(url: string, route: NetworkRoute): Promise<PlainOptions> {
  const { ca, checkCertificates, serverName } = route;
  const tls = {
    rejectUnauthorized: checkCertificates,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
  const options = { ...tls, keepAlive: true };
  const proxy = proxyFor(url, route);
  return {
    ...tls,
    agent: proxy === undefined ? direct(url, options) : await by(proxy, url, options),
  };
}

function direct(url: string, options: AgentOptions): PlainAgent {
  return url.startsWith('https:') ? new SecureAgent(options) : new PlainAgent(options);
}

/** Proxies rarely tunnel to the port of plain HTTP. Loads with the first proxy: few agents are behind one. */
async function by(proxy: string, url: string, options: AgentOptions): Promise<PlainAgent> {
  if (!url.startsWith('https:')) {
    const { HttpProxyAgent } = await import('http-proxy-agent');
    return new HttpProxyAgent(proxy, options);
  }
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(proxy, options);
}
