import type { Variables } from './interpolate.ts';
import { type ComposeNode, type MapNode, child, list, map, scalar, withEntry } from './node.ts';

/** Under this key the value of a secret's or config's variable is kept. */
export const valueKey = 'x-#value';

/**
 * Names without a value in lists of `environment`, and the variables of secrets and configs, take the values of
 * the files that they stand in: an included file has its own `.env` (compose-go, loader/environment.go).
 */
export function resolveBareNames(model: MapNode, variables: Variables): MapNode {
  const services = eachEntry(model, 'services', (service) => {
    const environment = child(service, 'environment');
    if (service.kind !== 'map' || environment?.kind !== 'list') return service;
    const lines = environment.items.map((item) => withValue(item, variables));
    return withEntry(service, 'environment', list(lines, environment.place));
  });
  const keep = (node: ComposeNode): ComposeNode => {
    const name = child(node, 'environment');
    const value = name?.kind === 'scalar' ? variables(name.text) : undefined;
    if (node.kind !== 'map' || value === undefined) return node;
    return withEntry(node, valueKey, scalar(value, node.place));
  };
  return eachEntry(eachEntry(services, 'secrets', keep), 'configs', keep);
}

function withValue(item: ComposeNode, variables: Variables): ComposeNode {
  if (item.kind !== 'scalar' || item.text.includes('=')) return item;
  const value = variables(item.text);
  return value === undefined ? item : scalar(`${item.text}=${value}`, item.place);
}

function eachEntry(
  model: MapNode,
  key: string,
  change: (node: ComposeNode) => ComposeNode,
): MapNode {
  const found = model.entries.get(key);
  if (found?.kind !== 'map') return model;
  const entries = [...found.entries].map(([name, node]) => [name, change(node)] as const);
  return withEntry(model, key, map(entries, found));
}
