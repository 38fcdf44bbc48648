import type { StoredRun } from './run-store.ts';

/**
 * What `OPTIONS _apis/build` answers: the routes of the resources that we know, by the ids that clients ask for
 * (azure-devops-node-api, BuildApi.js), with the versions of Azure DevOps Services.
 */
export function resourceLocations(): readonly unknown[] {
  const versions = { minVersion: '2.0', maxVersion: '7.2', releasedVersion: '7.1' };
  const location = (id: string, resourceName: string, resourceVersion: number, rest: string) => ({
    ...{ id, area: 'build', resourceName, resourceVersion, ...versions },
    routeTemplate: `{project}/_apis/{area}/${rest}`,
  });
  return [
    location('0cd358e1-9217-4d94-8269-1c1ee6f93dcf', 'builds', 7, '{resource}/{buildId}'),
    location(
      ...(['f2192269-89fa-4f94-baf6-8fb128c55159', 'attachments', 2] as const),
      'builds/{buildId}/{resource}/{type}',
    ),
    location(
      ...(['af5122d3-3438-485e-a25a-2dbbfde84ee6', 'attachments', 2] as const),
      'builds/{buildId}/{timelineId}/{recordId}/{resource}/{type}/{name}',
    ),
  ];
}

/** `GET _apis/build/builds`: finished runs by definition and branch, at most `$top`, the last to finish first. */
export function listBuilds(query: URLSearchParams, runs: readonly StoredRun[]): readonly unknown[] {
  const definitions = (query.get('definitions') ?? '').split(',').map(Number);
  const branch = query.get('branchName');
  return runs
    .filter(({ definition }) => definitions.includes(definition))
    .filter(({ sourceBranch }) => branch === null || sourceBranch === branch)
    .slice(0, Number(query.get('$top') ?? '1000'))
    .map(({ id, buildNumber, definition, sourceBranch, result, finishTime }) => ({
      ...{ id, buildNumber, sourceBranch, result, finishTime, status: 'completed' },
      definition: { id: definition },
    }));
}
