import {
  type ComposeNode,
  type ListNode,
  type MapNode,
  type Path,
  isSame,
  list,
  map,
  mapOf,
  scalar,
} from './node.ts';
import { MergeFault } from './merge-fault.ts';
import { goText, toLines } from './map-lines.ts';
import { PathRules } from './path-rules.ts';

type Merger = (base: ComposeNode, over: ComposeNode, path: Path) => ComposeNode;

/**
 * Lays one model over another, by the rule of each key (compose-go, override/merge.go).
 * @throws MergeFault when the two cannot be merged
 */
export function mergeModels(base: ComposeNode, over: ComposeNode, path: Path = []): ComposeNode {
  const special = specials.at(path);
  if (special !== undefined) return special(base, over, path);
  if (over.kind === 'scalar' && over.value === null) return base;
  if (base.kind === 'scalar') return over;
  if (base.kind === 'map' && over.kind === 'map') return mergeMaps(base, over, path);
  if (base.kind === 'list' && over.kind === 'list') return append(base, over);
  throw new MergeFault(
    over.place,
    path,
    `expected a ${base.kind}, as before, found a ${over.kind}.`,
  );
}

function mergeMaps(base: MapNode, over: MapNode, path: Path): MapNode {
  const merged = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const before = merged.get(key);
    merged.set(key, before === undefined ? value : mergeModels(before, value, [...path, key]));
  }
  return map(merged, over);
}

/** An entry that is there already, word for word, is not repeated. */
function append(base: ListNode, over: ListNode): ListNode {
  const items = [...base.items];
  for (const item of over.items) {
    if (!items.some((other) => isSame(other, item))) items.push(item);
  }
  return list(items, over.place);
}

const replace: Merger = (_base, over) => over;

/** Maps become `NAME=value` lines, sorted as Docker sorts them. */
const asLines: Merger = (base, over) => append(toLines(base), toLines(over));

/** Lists of names become maps, each name with these values. */
function asMap(values?: Readonly<Record<string, string | boolean>>): Merger {
  const convert = (node: ComposeNode, path: Path): MapNode => {
    if (node.kind === 'map') return node;
    const names = node.kind === 'list' ? node.items : [node];
    const entries = names.map((item) => {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') {
        throw new MergeFault(item.place, path, 'expected names or a map.');
      }
      const value = values === undefined ? scalar(null, item.place) : mapOf(values, item.place);
      return [item.value, value] as const;
    });
    return map(entries, node);
  };
  return (base, over, path) => mergeMaps(convert(base, path), convert(over, path), path);
}

const build: Merger = (base, over, path) => {
  const convert = (node: ComposeNode): MapNode => {
    if (node.kind === 'map') return node;
    const isText = node.kind === 'scalar' && typeof node.value === 'string';
    return map(isText ? [['context', node]] : [], node);
  };
  return mergeMaps(convert(base), convert(over), path);
};

const logging: Merger = (base, over, path) => {
  if (base.kind !== 'map' || over.kind !== 'map') {
    throw new MergeFault(over.place, path, 'expected a map.');
  }
  const [before, after] = [base.entries.get('driver'), over.entries.get('driver')];
  const isSameDriver = before === undefined || after === undefined || isSame(before, after);
  return isSameDriver ? mergeMaps(base, over, path) : over;
};

const ulimit: Merger = (base, over, path) =>
  base.kind === 'map' && over.kind === 'map' ? mergeMaps(base, over, path) : over;

/** One entry for each subnet; Docker's own steps, which lose none of either side. */
const ipam: Merger = (base, over, path) => {
  if (base.kind !== 'list' || over.kind !== 'list') {
    throw new MergeFault(over.place, path, 'expected a list.');
  }
  const found = new Map<string, MapNode>();
  for (const original of base.items.filter(isMap)) {
    for (const next of over.items.filter(isMap)) {
      const isOther = subnet(next) !== subnet(original);
      if (isOther && !found.has(subnet(next))) found.set(subnet(next), next);
      else found.set(isOther ? subnet(next) : subnet(original), mergeMaps(original, next, path));
    }
  }
  return list([...found.values()], over.place);
};

function isMap(node: ComposeNode): node is MapNode {
  return node.kind === 'map';
}

function subnet(node: MapNode): string {
  const found = node.entries.get('subnet');
  return found === undefined ? '' : goText(found);
}

const lineKeys = [
  ...['annotations', 'build.args', 'build.additional_contexts', 'build.extra_hosts'],
  ...['build.labels', 'deploy.labels', 'dns', 'dns_opt', 'dns_search', 'env_file', 'label_file'],
  ...['environment', 'extra_hosts', 'labels', 'volumes.*.volume.labels', 'sysctls', 'tmpfs'],
];

const specials = new PathRules<Merger>({
  'networks.*.ipam.config': ipam,
  'networks.*.labels': asLines,
  'volumes.*.labels': asLines,
  ...Object.fromEntries(lineKeys.map((key) => [`services.*.${key}`, asLines])),
  'services.*.build': build,
  'services.*.command': replace,
  'services.*.entrypoint': replace,
  'services.*.healthcheck.test': replace,
  'services.*.depends_on': asMap({ condition: 'service_started', required: true }),
  'services.*.logging': logging,
  'services.*.models': asMap(),
  'services.*.networks': asMap(),
  'services.*.ulimits.*': ulimit,
});
