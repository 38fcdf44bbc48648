import { copyButton } from './copy-button.ts';
import { type Child, element } from './element.ts';

const shownDigits = 12;

/** A reference, of whose digest only the beginning is shown. */
export function imageCode(reference: string): HTMLElement {
  const short = reference.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1…');
  return element('code', short === reference ? {} : { title: reference }, short);
}

/** The beginning of a digest, and a button that copies all of it. */
export function digest(text: string | undefined, of: string): readonly Child[] {
  if (text === undefined) return [];
  const [algorithm = '', digits = ''] = text.split(':');
  const short = digits.length > shownDigits ? `${digits.slice(0, shownDigits)}…` : digits;
  return [
    element('code', { title: text, class: 'digest' }, `${algorithm}:${short}`),
    copyButton(text, `the digest of ${of}`),
  ];
}
