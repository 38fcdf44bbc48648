import { getProxyForUrl } from 'proxy-from-env';
import type { FindRoute } from './network-route.ts';

/** The proxy of HTTPS_PROXY, HTTP_PROXY and NO_PROXY; node itself honours NODE_EXTRA_CA_CERTS. */
export const environmentRoute: FindRoute = (url) =>
  Promise.resolve({
    proxy: getProxyForUrl(url) || undefined,
    ca: undefined,
    checkCertificates: true,
  });
