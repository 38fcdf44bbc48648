import { element } from './element.ts';

const toldForMs = 2_000;

/** Copies a text; what it is completes "Copy ", for who hears the page. */
export function copyButton(text: string, what: string): HTMLElement {
  const button = element('button', { type: 'button', class: 'copy' }, 'Copy');
  button.setAttribute('aria-label', `Copy ${what}`);
  button.addEventListener('click', () => {
    void copied(text, button).then((done) => {
      button.textContent = done ? 'Copied' : 'Press Ctrl+C';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, toldForMs);
      say(done ? `Copied ${what}` : 'The browser does not let this page copy.');
    });
  });
  return button;
}

/** The page that the tab is in may not have given it the clipboard; then the older way is left. */
async function copied(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text, button);
  }
}

function copiedBySelection(text: string, button: HTMLElement): boolean {
  const field = element('textarea', { class: 'hidden', readonly: '', 'aria-hidden': 'true' }, text);
  button.after(field);
  field.select();
  // Deprecated, and all that a frame without the permission has.
  const copy: unknown = Reflect.get(document, 'execCommand');
  const done = typeof copy === 'function' && copy.call(document, 'copy') === true;
  field.remove();
  button.focus();
  return done;
}

/** Reads a sentence out. */
function say(sentence: string): void {
  const place = document.querySelector('[role=status]');
  if (place !== null) place.textContent = sentence;
}
