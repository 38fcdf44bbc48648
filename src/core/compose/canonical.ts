import {
  type ComposeNode,
  type ListNode,
  isText,
  list,
  map,
  mapChildren,
  mapOf,
  scalar,
} from './node.ts';
import { PathRules, mapRuled } from './path-rules.ts';
import { longDevice, longPorts, longVolume } from './long-forms.ts';

type Canonical = (node: ComposeNode, rules: PathRules<Canonical>) => ComposeNode;

/**
 * Every short form in its long form, so that files can be merged key by key (compose-go, transform/). What is
 * not understood stays as it is, for validation to tell.
 */
export function canonical(node: ComposeNode, rules: PathRules<Canonical> = forms): ComposeNode {
  return (rules.rule ?? below)(node, rules);
}

const below: Canonical = (node, rules) => mapRuled(node, rules, canonical);

/** A text stands for a map with that key. */
function textAs(key: string): Canonical {
  return (node, rules) => (isText(node) ? map([[key, node]], node) : below(node, rules));
}

const textAsList: Canonical = (node) => (isText(node) ? list([node], node.place) : node);

/** A name that stands twice, or is none, is a mistake that a map would hide. */
function isUnclear({ items }: ListNode): boolean {
  const names = items.filter(isText).map(({ value }) => value);
  return new Set(names).size < items.length;
}

const namesAsMap: Canonical = (node) => {
  if (node.kind !== 'list' || isUnclear(node)) return node;
  return map(
    node.items.filter(isText).map((item) => [item.value, scalar(null, item.place)]),
    node,
  );
};

/** Numbers and booleans of a map as the text that Docker makes of them; lists hold texts alone. */
const entriesAsText: Canonical = (node) => {
  if (node.kind === 'list') return node;
  return mapChildren(node, (value) => {
    if (value.kind !== 'scalar' || value.value === null) return value;
    return scalar(value.text, value.place);
  });
};

const linesAsMap: Canonical = (node) => {
  if (node.kind !== 'list') return node;
  const entries = node.items.filter(isText).map((item) => {
    const [name = '', ...rest] = item.value.split('=');
    return [name, scalar(rest.join('='), item.place)] as const;
  });
  return map(entries, node);
};

const dependsOn: Canonical = (node) => {
  const values = { condition: 'service_started', required: true };
  if (node.kind === 'list') {
    if (isUnclear(node)) return node;
    return map(
      node.items.filter(isText).map((item) => [item.value, mapOf(values, item.place)]),
      node,
    );
  }
  if (node.kind !== 'map') return node;
  const entries = [...node.entries].map(([name, value]) => {
    if (value.kind !== 'map') return [name, value] as const;
    return [name, map([...mapOf(values, value.place).entries, ...value.entries], value)] as const;
  });
  return map(entries, node);
};

const envFiles: Canonical = (node) => {
  const files = node.kind === 'list' ? node.items : [node];
  const long = (item: ComposeNode): ComposeNode => {
    const { entries: required } = mapOf({ required: true }, item.place);
    if (isText(item)) return map([['path', item], ...required], item);
    return item.kind === 'map' ? map([...required, ...item.entries], item) : item;
  };
  return list(files.map(long), node.place);
};

const gpus: Canonical = (node, rules) =>
  isText(node) ? list([mapOf({ count: 'all' }, node.place)], node.place) : below(node, rules);

/** `external: {name: x}` of old files. */
const external: Canonical = (node, rules) => {
  if (node.kind !== 'map') return node;
  const said = node.entries.get('external');
  const changed = below(node, rules);
  if (said?.kind !== 'map' || changed.kind !== 'map') return changed;
  const name = said.entries.get('name');
  const entries: [string, ComposeNode][] = [
    ...changed.entries,
    ['external', scalar(true, said.place)],
  ];
  if (name !== undefined && !node.entries.has('name')) entries.push(['name', name]);
  return map(entries, node);
};

const textKeys = [
  ...['annotations', 'build.args', 'build.labels', 'deploy.labels', 'environment', 'labels'],
  ...['logging.options', 'storage_opt', 'sysctls', 'volumes.*.volume.labels'],
];

const topTextKeys = ['networks', 'volumes', 'secrets', 'configs'].flatMap((key) => [
  `${key}.*.labels`,
  `${key}.*.driver_opts`,
]);

const forms = new PathRules<Canonical>({
  ...Object.fromEntries(textKeys.map((key) => [`services.*.${key}`, entriesAsText])),
  ...Object.fromEntries(topTextKeys.map((key) => [key, entriesAsText])),
  'services.*.build': textAs('context'),
  'services.*.build.secrets.*': textAs('source'),
  'services.*.build.additional_contexts': linesAsMap,
  'services.*.depends_on': dependsOn,
  'services.*.env_file': envFiles,
  'services.*.label_file': textAsList,
  'services.*.extends': textAs('service'),
  'services.*.gpus': gpus,
  'services.*.networks': namesAsMap,
  'services.*.models': namesAsMap,
  'services.*.volumes.*': longVolume,
  'services.*.dns': textAsList,
  'services.*.devices.*': longDevice,
  'services.*.secrets.*': textAs('source'),
  'services.*.configs.*': textAs('source'),
  'services.*.ports': longPorts,
  'volumes.*': external,
  'networks.*': external,
  'secrets.*': external,
  'configs.*': external,
});
