/** Tells when the page's height has changed, and lets who has no mouse scroll what scrolls by itself. */
export function keepFitting(main: HTMLElement, resize: () => void): void {
  let height = 0;
  const observer = new ResizeObserver(() => {
    for (const place of main.querySelectorAll<HTMLElement>('.scroll')) markScrolling(place);
    if (main.offsetHeight === height) return;
    height = main.offsetHeight;
    resize();
  });
  observer.observe(main);
}

/** Only what scrolls is a stop of the Tab key. */
function markScrolling(place: HTMLElement): void {
  const scrolls = place.scrollWidth > place.clientWidth;
  if (!scrolls) {
    for (const name of ['tabindex', 'role', 'aria-label']) place.removeAttribute(name);
    return;
  }
  place.setAttribute('tabindex', '0');
  // No landmark: two steps may have tables of one name.
  place.setAttribute('role', 'group');
  place.setAttribute('aria-label', place.dataset['name'] ?? '');
}
