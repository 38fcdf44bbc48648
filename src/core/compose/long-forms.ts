import posix from 'node:path/posix';
import { type ComposeNode, isText, list, map, mapOf } from './node.ts';
import { readShortPort } from './port-form.ts';
import { type VolumeForm, readVolume } from './volume-form.ts';

/** A volume in its long form; what is not understood stays. */
export function longVolume(node: ComposeNode): ComposeNode {
  if (!isText(node)) return node;
  const read = readVolume(node.value);
  return 'value' in read ? volumeNode(read.value, node) : node;
}

function volumeNode(form: VolumeForm, { place }: ComposeNode): ComposeNode {
  const bind = {
    create_host_path: true,
    ...(form.propagation === undefined ? {} : { propagation: form.propagation }),
    ...(form.selinux === undefined ? {} : { selinux: form.selinux }),
  };
  const isBind = form.type === 'bind';
  const ofVolume = form.noCopy ? { nocopy: true } : {};
  const top = {
    type: form.type,
    ...(form.source === undefined ? {} : { source: form.source }),
    target: posix.normalize(form.target).replace(/(?<=.)\/$/, ''),
    ...(form.readOnly ? { read_only: true } : {}),
  };
  const detail = mapOf(isBind ? bind : ofVolume, place);
  return map([...mapOf(top, place).entries, [form.type, detail]], { place });
}

/** `ports` with one entry for each port. */
export function longPorts(node: ComposeNode): ComposeNode {
  if (node.kind !== 'list') return node;
  return list(
    node.items.flatMap((item) => portNodes(item)),
    node.place,
  );
}

function portNodes(item: ComposeNode): readonly ComposeNode[] {
  if (item.kind !== 'scalar') return [item];
  const read = readShortPort(item.text);
  if (!('value' in read)) return [item];
  return read.value.map(({ hostIp, published, target, protocol }) =>
    mapOf(
      {
        ...(hostIp === '' ? {} : { host_ip: hostIp }),
        mode: 'ingress',
        protocol,
        ...(published === '' ? {} : { published }),
        target,
      },
      item.place,
    ),
  );
}

export function longDevice(node: ComposeNode): ComposeNode {
  if (!isText(node)) return node;
  const [source = '', target, permissions = 'rwm', ...more] = node.value.split(':');
  if (more.length > 0) return node;
  return mapOf({ source, target: target ?? source, permissions }, node.place);
}
