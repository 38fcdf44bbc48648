import type { Interval } from '../../src/core/report/intervals.ts';
import { svgElement } from './element.ts';

/** One span of time on a bar. */
export interface BarPart {
  /** In ms. */
  readonly span: Interval;
  /** What it is: its height and colour follow from it. */
  readonly kind: 'chain' | 'beside' | 'pull' | 'start' | 'up';
}

const width = 1000;
const height = 12;
/** So that what took no time is seen. */
const leastWidth = 5;

const heights: Readonly<Record<BarPart['kind'], number>> = {
  chain: 12,
  beside: 6,
  pull: 3,
  start: 7,
  up: 12,
};

/**
 * When something was at work, on a scale from 0 to `end` ms. What is told apart by colour has its own height, too.
 * @param label says the same in words
 */
export function bar(parts: readonly BarPart[], end: number, label: string): SVGSVGElement {
  const rectangles = parts.map(({ span: [from, to], kind }) => {
    const x = Math.min((from / end) * width, width - leastWidth);
    return svgElement('rect', {
      class: kind,
      x: x.toFixed(1),
      y: ((height - heights[kind]) / 2).toFixed(1),
      width: Math.max(((to - from) / end) * width, leastWidth).toFixed(1),
      height: String(heights[kind]),
    });
  });
  return svgElement(
    'svg',
    {
      class: 'bar',
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': label,
    },
    ...rectangles,
  );
}
