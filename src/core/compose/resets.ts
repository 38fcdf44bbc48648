import { type ComposeNode, type Path, map } from './node.ts';

/** The model without what a later file marks with `!reset` or `!override` (compose-go, loader/reset.go). */
export function applyResets(
  node: ComposeNode,
  resets: readonly Path[],
  path: Path = [],
): ComposeNode {
  if (resets.length === 0 || node.kind !== 'map') return node;
  const entries = [...node.entries].flatMap(([key, value]) => {
    const here = [...path, key];
    const below = resets.filter((reset) => startsWith(reset, here));
    if (below.some((reset) => reset.length === here.length)) return [];
    return [[key, applyResets(value, below, here)] as const];
  });
  return map(entries, node);
}

function startsWith(path: Path, start: Path): boolean {
  return path.length >= start.length && start.every((part, at) => path[at] === part);
}
