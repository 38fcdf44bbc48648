import type { Task } from '../task-json/read-tasks.ts';
import type { ExtensionManifest } from './manifest.ts';
import { type PackageFile, contentType } from './package-file.ts';

/**
 * The manifest that tfx packs: ours, with the files and a contribution for each task, both found rather than
 * listed, so that a new task is packed as soon as its folder is there. Each file's type is declared, because
 * tfx loses that of a folder.
 */
export function packedManifest(
  manifest: ExtensionManifest,
  tasks: readonly Task[],
  files: readonly PackageFile[],
): ExtensionManifest {
  return {
    ...manifest,
    files: files.map(({ path }) => ({
      ...{ path, contentType: contentType(path) },
      // The gallery serves the tab to browsers; tasks only go to agents.
      ...(path.startsWith('web/') ? { addressable: true } : {}),
    })),
    contributions: [...manifest.contributions, ...tasks.map(contribution)],
  };
}

function contribution({ name, json }: Task): ExtensionManifest['contributions'][number] {
  return {
    id: contributionId(name),
    type: 'ms.vss-distributed-task.task',
    description: json.description,
    targets: ['ms.vss-distributed-task.tasks'],
    properties: { name },
  };
}

/** `PodmanServices` is contributed as `podman-services`. */
function contributionId(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
