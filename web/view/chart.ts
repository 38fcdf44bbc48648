import { formatSeconds } from '../../src/core/text/measures.ts';
import { element } from './element.ts';
import { type Cell, listOf } from './table.ts';

export interface ChartRow {
  readonly label: Cell;
  readonly time: string;
  /** Beside the time, such as `◆`. */
  readonly note?: Cell;
  readonly bar: SVGSVGElement;
}

export interface ChartParts {
  readonly caption: string;
  /** Of the first column. */
  readonly heading: string;
  /** Where the scale ends, in ms. */
  readonly end: number;
  readonly rows: readonly ChartRow[];
}

/**
 * A table with a bar in each row. The roles are those that its elements have anyway: on a narrow page they become a
 * grid, and lose them.
 */
export function chart({ caption, heading, end, rows }: ChartParts): HTMLElement {
  const body = rows.map(({ label, time, note, bar }) =>
    element(
      'tr',
      { role: 'row' },
      cell('th', 'rowheader', 'what', label),
      cell('td', 'cell', 'time', [time, ...listOf(note)]),
      cell('td', 'cell', 'when', bar),
    ),
  );
  return element(
    'table',
    { role: 'table', class: 'chart' },
    element('caption', { class: 'hidden' }, caption),
    element('thead', { role: 'rowgroup' }, headRow(heading, end)),
    element('tbody', { role: 'rowgroup' }, ...body),
  );
}

function headRow(heading: string, end: number): HTMLElement {
  const scale = element(
    'span',
    { class: 'scale' },
    element('span', {}, '0 s'),
    element('span', {}, formatSeconds(end)),
  );
  const when = [element('span', { class: 'hidden' }, 'When '), scale];
  return element(
    'tr',
    { role: 'row' },
    cell('th', 'columnheader', 'what', heading),
    cell('th', 'columnheader', 'time', 'Time'),
    cell('th', 'columnheader', 'when', when),
  );
}

function cell(tag: 'td' | 'th', role: string, name: string, content: Cell): HTMLElement {
  return element(tag, { role, class: name }, ...listOf(content));
}
