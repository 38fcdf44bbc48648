import type { FileMount, Mount } from '../compose/model-mounts.ts';

/** `--volume` and `--mount` arguments; `volumeName` is Podman's name of a named volume. */
export function mountArgs(mount: Mount, volumeName: (name: string) => string): readonly string[] {
  switch (mount.kind) {
    case 'bind':
      return ['--volume', joined(mount.source, mount, [mount.propagation, mount.selinux])];
    case 'volume':
      return ['--volume', joined(volumeName(mount.source), mount, [mount.noCopy && 'nocopy'])];
    case 'anonymous':
      return ['--volume', joined(undefined, mount, [mount.noCopy && 'nocopy'])];
    case 'tmpfs':
      return ['--mount', tmpfs(mount)];
    case 'image':
      return ['--mount', `type=image,source=${mount.source},destination=${mount.target}`];
  }
}

function joined(
  source: string | undefined,
  { target, readOnly }: Pick<Mount, 'target' | 'readOnly'>,
  more: readonly (string | false | undefined)[],
): string {
  const options = [readOnly && 'ro', ...more].filter(Boolean).join(',');
  const parts = [...(source === undefined ? [] : [source]), target];
  return [...parts, ...(options === '' ? [] : [options])].join(':');
}

function tmpfs({ target, readOnly, size, mode }: Extract<Mount, { kind: 'tmpfs' }>): string {
  return [
    `type=tmpfs,destination=${target}`,
    ...(size === undefined ? [] : [`tmpfs-size=${size}`]),
    ...(mode === undefined ? [] : [`tmpfs-mode=${mode.toString(8)}`]),
    ...(readOnly ? ['ro=true'] : []),
  ].join(',');
}

/** A secret or config as a Podman secret at its path; `secretName` is Podman's name of it. */
export function fileArgs(file: FileMount, secretName: string): readonly string[] {
  const { target, uid, gid, mode } = file;
  const options = [
    `${secretName},target=${target}`,
    ...(uid === undefined ? [] : [`uid=${uid}`]),
    ...(gid === undefined ? [] : [`gid=${gid}`]),
    ...(mode === undefined ? [] : [`mode=0${mode.toString(8)}`]),
  ];
  return ['--secret', options.join(',')];
}

/** `--tmpfs` without the owner, which Podman does not take. */
export function tmpfsValue(said: string): string {
  const [target = '', options] = said.split(':');
  const kept = (options ?? '').split(',').filter((option) => !/^[ug]id=/.test(option));
  return [target, ...(kept.join('') === '' ? [] : [kept.join(',')])].join(':');
}
