import type { ComposeProject } from '../../src/core/compose/model.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { Files } from '../../src/ports/files.ts';

/** Certificates that services are to be asked by, but that are not there. */
export async function missingAuthorities(
  { services }: ComposeProject,
  files: Pick<Files, 'exists'>,
): Promise<readonly Problem[]> {
  const found = services.map(async ({ name, wait, label, place }): Promise<readonly Problem[]> => {
    const path = wait?.http?.tls?.ca;
    if (path === undefined || (await files.exists(path)) === 'file') return [];
    const where = `${label}:${place.line ?? 1}`;
    const what = `services.${name}.x-wait.http.tls.ca: there is no file ${path}.`;
    return [{ where, what, change: 'Mend the path of the PEM file, or use tls: insecure.', place }];
  });
  return (await Promise.all(found)).flat();
}
