import { type Child, element } from './element.ts';

/** A part of a report under its heading; undefined when it has nothing to say. */
export function part(heading: string, ...children: readonly Child[]): HTMLElement | undefined {
  const shown = children.filter((child) => child !== undefined);
  if (shown.length === 0) return undefined;
  return element('section', { class: 'part' }, element('h3', {}, heading), ...shown);
}

/** A part that is opened on demand. */
export function folded(heading: string, ...children: readonly Child[]): HTMLElement {
  return element('details', { class: 'part' }, element('summary', {}, heading), ...children);
}

/** One thing known of a report. */
export type Fact = readonly [name: string, ...values: readonly Child[]];

/** Longer texts than fit beside others. */
const longText = 60;

/** Facts side by side; those without a value are left out. */
export function facts(all: readonly Fact[]): HTMLElement {
  const shown = all.filter(([, ...values]) =>
    values.some((one) => one !== undefined && one !== ''),
  );
  return element(
    'dl',
    { class: 'facts' },
    ...shown.map(([name, ...values]) => {
      const value = element('dd', {}, ...values);
      const isLong = value.textContent.length > longText;
      return element('div', isLong ? { class: 'wide' } : {}, element('dt', {}, name), value);
    }),
  );
}

export function list(items: readonly Child[], tag: 'ul' | 'ol' = 'ul'): HTMLElement | undefined {
  if (items.length === 0) return undefined;
  return element(tag, {}, ...items.map((item) => element('li', {}, item)));
}
