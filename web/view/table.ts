import { type Child, element } from './element.ts';

/** One cell. */
export type Cell = Child | readonly Child[];

export interface TableParts {
  /** What the table is, for who hears the page. */
  readonly caption: string;
  readonly headings: readonly string[];
  /** The first cell of each names the row. */
  readonly rows: readonly (readonly Cell[])[];
  /** Places of columns that hold numbers. */
  readonly numbers?: readonly number[];
}

/** A table that scrolls by itself where the page is narrow; columns without any content are left out. */
export function table({ caption, headings, rows, numbers = [] }: TableParts): HTMLElement {
  const shown = headings.flatMap((_, at) =>
    at === 0 || rows.some((row) => !isEmpty(row[at])) ? [at] : [],
  );
  const attributes = (at: number): Record<string, string> =>
    numbers.includes(at) ? { class: 'number' } : {};
  const head = shown.map((at) =>
    element('th', { scope: 'col', ...attributes(at) }, headings[at] ?? ''),
  );
  const body = rows.map((row) =>
    element('tr', {}, ...shown.map((at) => cellElement(at, row[at], attributes(at)))),
  );
  const made = element(
    'table',
    {},
    element('caption', { class: 'hidden' }, caption),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...body),
  );
  return element('div', { class: 'scroll', 'data-name': caption }, made);
}

function cellElement(at: number, cell: Cell, attributes: Record<string, string>): HTMLElement {
  const children = listOf(cell);
  return at === 0
    ? element('th', { scope: 'row', ...attributes }, ...children)
    : element('td', attributes, ...children);
}

export function listOf(cell: Cell): readonly Child[] {
  return isList(cell) ? cell : [cell];
}

function isList(cell: Cell): cell is readonly Child[] {
  return Array.isArray(cell);
}

function isEmpty(cell: Cell): boolean {
  return listOf(cell).every((child) => child === undefined || child === '');
}
