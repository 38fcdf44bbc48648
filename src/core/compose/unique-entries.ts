import { type ComposeNode, child, list } from './node.ts';
import { PathRules, mapRuled } from './path-rules.ts';
import { readVolume } from './volume-form.ts';

/** What makes an entry of a list the same as another; undefined: it is left to validation. */
type Key = (entry: ComposeNode) => string | undefined;

/** Of several entries for the same thing the last one stays, at the place of the first (compose-go, override/uncity.go). */
export function keepUnique(node: ComposeNode, rules: PathRules<Key> = keys): ComposeNode {
  const key = rules.rule;
  if (key === undefined || node.kind !== 'list') return mapRuled(node, rules, keepUnique);
  const found = new Map<string, ComposeNode>();
  node.items.forEach((item, at) => found.set(key(item) ?? `${at}`, item));
  return list([...found.values()], node.place);
}

const beforeEquals: Key = (entry) => textOf(entry)?.split('=')[0];

const itself: Key = (entry) => (entry.kind === 'scalar' ? entry.text : undefined);

const volumeTarget: Key = (entry) => {
  const text = textOf(entry);
  if (text === undefined) return textOf(child(entry, 'target'));
  const read = readVolume(text);
  return 'value' in read ? read.value.target : undefined;
};

const deviceTarget: Key = (entry) => {
  const text = textOf(entry);
  if (text === undefined) return textOf(child(entry, 'target'));
  const [source, target = source] = text.split(':');
  return target;
};

function mountTarget(folder: string): Key {
  return (entry) => {
    const text = textOf(entry);
    if (text !== undefined) return `${folder}/${text}`;
    return textOf(child(entry, 'target')) ?? `${folder}/${textOf(child(entry, 'source')) ?? ''}`;
  };
}

const port: Key = (entry) => {
  if (entry.kind !== 'map') return itself(entry);
  const said = (key: string, otherwise = ''): string => {
    const found = child(entry, key);
    return found?.kind === 'scalar' ? `${typeof found.value}${found.text}` : otherwise;
  };
  const [host, protocol] = [said('host_ip', 'string0.0.0.0'), said('protocol', 'stringtcp')];
  return `${host} ${said('published')} ${said('target')} ${protocol}`;
};

const envFile: Key = (entry) => textOf(entry) ?? textOf(child(entry, 'path'));

function textOf(node: ComposeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

const equalsKeys = [
  ...['annotations', 'build.args', 'build.additional_contexts', 'build.platform', 'build.tags'],
  ...['build.labels', 'cap_add', 'cap_drop', 'deploy.labels', 'dns', 'dns_opt', 'dns_search'],
  ...['environment', 'labels', 'links', 'networks.*.aliases', 'networks.*.link_local_ips'],
  ...['profiles', 'sysctls', 'tmpfs'],
];

const keys = new PathRules<Key>({
  'networks.*.labels': beforeEquals,
  'networks.*.ipam.options': beforeEquals,
  ...Object.fromEntries(equalsKeys.map((key) => [`services.*.${key}`, beforeEquals])),
  'services.*.devices': deviceTarget,
  'services.*.configs': mountTarget(''),
  'services.*.secrets': mountTarget('/run/secrets'),
  'services.*.env_file': envFile,
  'services.*.expose': itself,
  'services.*.ports': port,
  'services.*.volumes': volumeTarget,
});
