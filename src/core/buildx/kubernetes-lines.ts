import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import { quantity } from './kubernetes-quantity.ts';

const resources = ['cpu', 'memory', 'ephemeral-storage'];
const operators = ['Equal', 'Exists'];
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
/** A label's key, its prefix included, and a label's value (Kubernetes, "Labels and Selectors"). */
const labelKey = /^([a-z0-9.-]+\/)?[a-z0-9]([\w.-]{0,61}[a-z0-9])?$/i;
const labelValue = /^([a-z0-9]([\w.-]{0,61}[a-z0-9])?)?$/i;

/** Lines such as `cpu=2` as options such as `requests.cpu`. */
export function resourceOptions(
  where: 'requests' | 'limits',
  lines: readonly string[],
): Parsed<Readonly<Record<string, string>>> {
  const problems = lines.flatMap((line) => {
    const [, name = '', value = ''] = pair(line);
    if (resources.includes(name) && quantity.test(value)) return [];
    const what = `Expected cpu=, memory= or ephemeral-storage= with a quantity such as 4Gi or 500m, found "${line}".`;
    return [undefinedVariable(where, line) ?? { where, what, change: 'Correct this line.' }];
  });
  const names = lines.map((line) => pair(line)[1]);
  const twice = lines.find((line, at) => names.indexOf(pair(line)[1]) < at);
  if (twice !== undefined) {
    const what = `"${twice}" names a resource a second time.`;
    problems.push({ where, what, change: 'Keep one line of it.' });
  }
  if (problems.length > 0) return rejected(...problems);
  return parsed(
    Object.fromEntries(
      lines.map((line) => {
        const [, name = '', value = ''] = pair(line);
        return [`${where}.${name}`, value];
      }),
    ),
  );
}

/** Lines `label=value`; a comma would begin another label for buildx. */
export function selectorProblems(lines: readonly string[]): readonly Problem[] {
  const where = 'nodeSelector';
  return lines.flatMap((line) => {
    const [, key = '', value = ''] = pair(line);
    if (line.includes('=') && labelKey.test(key) && labelValue.test(value)) return [];
    const what = `Expected label=value, found "${line}".`;
    return [undefinedVariable(where, line) ?? { where, what, change: 'Write one label per line.' }];
  });
}

/** Lines `key=…,operator=…,value=…,effect=…,tolerationSeconds=…`; buildx passes over what it does not know. */
export function tolerationProblems(lines: readonly string[]): readonly Problem[] {
  const where = 'tolerations';
  return lines.flatMap((line) => {
    const wrong = line.split(',').find((part) => !isTolerationPart(part));
    if (wrong === undefined) return [];
    const what = `Expected key=, operator=, value=, effect= or tolerationSeconds= with a value that Kubernetes knows, found "${wrong}".`;
    const change = 'Write, for example, key=ci,operator=Exists,effect=NoSchedule.';
    return [undefinedVariable(where, line) ?? { where, what, change }];
  });
}

function isTolerationPart(part: string): boolean {
  const [, name = '', value = ''] = pair(part);
  switch (name) {
    case 'key':
      return labelKey.test(value);
    case 'value':
      return labelValue.test(value);
    case 'operator':
      return operators.includes(value);
    case 'effect':
      return effects.includes(value);
    case 'tolerationSeconds':
      return /^\d+$/.test(value);
    default:
      return false;
  }
}

/** At the first `=`: the whole, the name, the value. */
function pair(line: string): readonly string[] {
  return /^([^=]*)=?(.*)$/.exec(line) ?? [];
}
