import tl from 'azure-pipelines-task-lib/task.js';
import type { RunHistory } from '../../ports/run-history.ts';

/** The runs before this one; the client of Azure DevOps loads with the first question. */
export function agentRunHistory(): RunHistory {
  let history: Promise<RunHistory> | undefined;
  const open = (): Promise<RunHistory> => {
    history ??= openHistory();
    return history;
  };
  return {
    runs: async (branch) => (await open()).runs(branch),
    attachment: async (run, type, name) => (await open()).attachment(run, type, name),
  };
}

/** @throws Error when this is no run of a pipeline */
async function openHistory(): Promise<RunHistory> {
  const collection = tl.getVariable('System.CollectionUri') ?? '';
  const project = tl.getVariable('System.TeamProject') ?? '';
  const token = tl.getEndpointAuthorizationParameter('SYSTEMVSSCONNECTION', 'AccessToken', true);
  const build = Number(tl.getVariable('Build.BuildId'));
  const definition = Number(tl.getVariable('System.DefinitionId'));
  if (collection === '' || token === undefined || !(build > 0) || !(definition > 0)) {
    throw new Error('this is no run of a build pipeline');
  }
  const proxy = tl.getHttpProxyConfiguration(collection);
  const caFile = tl.getHttpCertConfiguration()?.caFile;
  const ignoreSslError = tl.getVariable('Agent.SkipCertValidation')?.toLowerCase() === 'true';
  const options = {
    ...(proxy === null ? {} : { proxy }),
    ...(caFile === undefined ? {} : { cert: { caFile } }),
    ...(ignoreSslError ? { ignoreSslError } : {}),
  };
  const { azureRunHistory } = await import('../azure-devops/azure-run-history.ts');
  return azureRunHistory({ collection, project, definition, build, token, options });
}
