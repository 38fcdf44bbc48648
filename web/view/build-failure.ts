import type { BuildReport } from '../../src/core/report/build-report.ts';
import { code, element } from './element.ts';

/** Why a build failed: what, where, what to change, the last lines. */
export function buildFailure({ failure }: BuildReport): HTMLElement | undefined {
  if (failure === undefined) return undefined;
  const { what, change, path, line, lastLines } = failure;
  const place = path === undefined ? undefined : code(`${path}:${line ?? 1}`);
  return element(
    'div',
    { class: 'failure' },
    element('p', {}, element('b', {}, what), place === undefined ? '' : ' ', place),
    // Of a step that failed they say more than any advice.
    element('p', {}, lastLines.length === 0 ? change : 'Its last lines:'),
    lastLines.length === 0 ? undefined : block(lastLines),
  );
}

/** Lines as they were; who has no mouse scrolls them with the keys. */
function block(lines: readonly string[]): HTMLElement {
  const name = 'Last lines';
  return element(
    'pre',
    { class: 'scroll', 'data-name': name },
    element('code', {}, lines.join('\n')),
  );
}
