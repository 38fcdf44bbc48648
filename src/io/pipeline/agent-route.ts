import tl from 'azure-pipelines-task-lib/task.js';
import { nodeFiles } from '../files/node-files.ts';
import type { FindRoute } from '../http/network-route.ts';

/** The agent's own proxy and authority (`config.sh --proxyurl, --sslcacert`), as task-lib tells them. */
export const agentRoute: FindRoute = async (url) => {
  const caFile = tl.getHttpCertConfiguration()?.caFile;
  return {
    proxy: tl.getHttpProxyConfiguration(url)?.proxyFormattedUrl,
    ca: caFile ? await nodeFiles.readText(caFile) : undefined,
    checkCertificates: tl.getVariable('Agent.SkipCertValidation')?.toLowerCase() !== 'true',
  };
};
