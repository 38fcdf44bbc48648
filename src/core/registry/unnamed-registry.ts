import type { Problem } from '../errors.ts';
import { isImageName, registryOf } from '../image/reference.ts';
import type { RegistryAccount } from './account.ts';

/**
 * Repositories without a registry mean Docker Hub. Where all connections log in elsewhere that is a slip: Docker@2 takes
 * the registry from its connection.
 * @param repositories as people wrote them
 */
export function unnamedRegistryProblems(
  repositories: readonly string[],
  accounts: readonly RegistryAccount[],
): readonly Problem[] {
  const [first] = accounts;
  if (first === undefined || accounts.some(({ registry }) => registry === 'docker.io')) return [];
  return repositories.filter(isUnnamed).map((text) => ({
    where: 'repository',
    what: `"${text}" names no registry, so it is on Docker Hub, where none of the connections logs in.`,
    change: `Write ${first.registry}/${text}, or docker.io/${text} for Docker Hub.`,
  }));
}

function isUnnamed(text: string): boolean {
  return isImageName(text) && registryOf(text) === 'docker.io' && !text.startsWith('docker.io/');
}
