import posix from 'node:path/posix';
import type { Mount } from './model-mounts.ts';
import type { VolumeInput } from './schema/mounts.ts';

/** A volume of a service in the form that the rest of the task works with. */
export function toMount(input: VolumeInput): Mount {
  const common = { target: clean(input.target ?? ''), readOnly: input.read_only };
  const source = input.source ?? '';
  switch (input.type) {
    case 'tmpfs':
      return {
        kind: 'tmpfs',
        ...optional('size', input.tmpfs?.size),
        ...optional('mode', input.tmpfs?.mode),
        ...common,
      };
    case 'image':
      return { kind: 'image', source, ...optional('subpath', input.image?.subpath), ...common };
    case 'bind':
    case 'npipe':
    case 'cluster':
      return bind(input, common);
    case 'volume':
      return volume(input, common);
  }
}

type Common = Pick<Mount, 'target' | 'readOnly'>;

function bind({ source = '', bind: said }: VolumeInput, common: Common): Mount {
  return {
    kind: 'bind',
    source,
    createHostPath: said?.create_host_path ?? true,
    ...optional('propagation', said?.propagation),
    ...optional('selinux', said?.selinux),
    ...common,
  };
}

function volume({ source = '', volume: said }: VolumeInput, common: Common): Mount {
  const noCopy = said?.nocopy ?? false;
  if (source === '') return { kind: 'anonymous', noCopy, ...common };
  return { kind: 'volume', source, noCopy, ...optional('subpath', said?.subpath), ...common };
}

function clean(target: string): string {
  return target === '' ? '' : posix.normalize(target).replace(/(?<=.)\/$/, '');
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: T });
}
