import { element } from './element.ts';

/** How something stands, as its sign; the word beside it says the same. */
export type Tone = 'good' | 'bad' | 'stopped' | 'busy' | 'plain';

const signs: Readonly<Record<Tone, string>> = {
  good: '✓',
  bad: '✕',
  stopped: '■',
  busy: '●',
  plain: '○',
};

/** Sign and word. */
export function status(tone: Tone, word: string): HTMLElement {
  const sign = element('span', { class: `sign ${tone}`, 'aria-hidden': 'true' }, signs[tone]);
  return element('span', { class: 'status' }, sign, word);
}

const tones = { succeeded: 'good', failed: 'bad', canceled: 'stopped' } as const;

export function resultStatus(result: keyof typeof tones): HTMLElement {
  return status(tones[result], result);
}
