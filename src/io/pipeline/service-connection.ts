import tl from 'azure-pipelines-task-lib/task.js';
import type { ServiceConnection } from '../../ports/task-host.ts';

/** The connection with this id, as the agent's ENDPOINT_* variables tell it; undefined when it sent none. */
export function serviceConnection(id: string): ServiceConnection | undefined {
  const url = tl.getEndpointUrl(id, true);
  const scheme = tl.getEndpointAuthorizationScheme(id, true);
  if (url === undefined && scheme === undefined) return undefined;
  return {
    id,
    url: url ?? '',
    scheme: scheme ?? '',
    parameter: (name) => tl.getEndpointAuthorizationParameter(id, name, true),
    data: (name) => tl.getEndpointDataParameter(id, name, true),
  };
}
