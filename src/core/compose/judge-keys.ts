import type { Problem } from '../errors.ts';
import type { Warning } from './model.ts';
import { type ComposeNode, type MapNode, type Path } from './node.ts';
import { PathRules } from './path-rules.ts';
import { problemAt } from './read-yaml.ts';
import { innerVerdicts, projectVerdicts } from './inner-verdicts.ts';
import { serviceVerdicts } from './service-verdicts.ts';
import type { Verdict } from './verdict.ts';

export interface Judgement {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

const verdicts = new PathRules<Verdict>({
  ...prefixed(serviceVerdicts),
  ...prefixed(innerVerdicts),
  ...projectVerdicts,
});

function prefixed(rules: Readonly<Record<string, Verdict>>): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(
    Object.entries(rules).map(([key, verdict]) => [`services.*.${key}`, verdict]),
  );
}

/** What is well-formed, but is not done: each place is a problem, or one warning for each kind of key. */
export function judgeKeys(model: MapNode, services: ReadonlySet<string>): Judgement {
  const problems: Problem[] = [];
  const warned = new Map<string, { node: ComposeNode; why: string; where: string[] }>();
  const path: string[] = [];
  const visit = (node: ComposeNode, rules: PathRules<Verdict>): void => {
    const [section, name = ''] = path;
    if (section === 'services' && path.length === 2 && !services.has(name)) return;
    const verdict = rules.rule;
    if (verdict?.kind === 'refused') {
      const what = `${path.join('.')} is not supported: ${verdict.why}.`;
      problems.push(problemAt(node.place, { what, change: verdict.change }));
    }
    if (verdict?.kind === 'warned') warn(warned, node, path, verdict.why);
    eachChild(node, (child, key) => {
      const below = rules.below(key);
      if (below === undefined) return;
      path.push(key);
      visit(child, below);
      path.pop();
    });
  };
  visit(model, verdicts);
  return { problems, warnings: [...warned.values()].map(inWords) };
}

function warn(
  warned: Map<string, { node: ComposeNode; why: string; where: string[] }>,
  node: ComposeNode,
  path: Path,
  why: string,
): void {
  const kind = path.filter((_, at) => at !== 1).join('.');
  const before = warned.get(kind);
  if (before === undefined) warned.set(kind, { node, why, where: [path.join('.')] });
  else before.where.push(path.join('.'));
}

function inWords({
  node,
  why,
  where: [first = '', ...others],
}: {
  node: ComposeNode;
  why: string;
  where: readonly string[];
}): Warning {
  const { path, line, label } = node.place;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return {
    text: `${label}:${line}: ${first}${more} has no effect: ${why}.`,
    place: { path, line },
  };
}

function eachChild(node: ComposeNode, visit: (child: ComposeNode, key: string) => void): void {
  if (node.kind === 'map') node.entries.forEach(visit);
  if (node.kind === 'list') {
    node.items.forEach((item, at) => {
      visit(item, String(at));
    });
  }
}
