/** Where people find a service connection whose id is all that the agent tells; '' outside Azure Pipelines. */
export function connectionPage(
  id: string | undefined,
  variable: (name: string) => string | undefined,
): string {
  const collection =
    variable('System.CollectionUri') ?? variable('System.TeamFoundationCollectionUri');
  const project = variable('System.TeamProject');
  if (id === undefined || collection === undefined || project === undefined) return '';
  const page = `${encodeURIComponent(project)}/_settings/adminservices?resourceId=${id}`;
  return ` It is at ${collection}${page}`;
}
