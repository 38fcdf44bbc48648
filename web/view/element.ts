/** What may stand in an element; text never becomes markup. */
export type Child = Node | string | undefined;

type Attributes = Readonly<Record<string, string>>;

/** An element of HTML. Attribute names are our own words, never data. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An element of SVG. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes,
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(svgNamespace, tag), attributes, children);
}

function filled<T extends Element>(made: T, attributes: Attributes, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Read out, not shown. */
export function hidden(text: string): HTMLElement {
  return element('span', { class: 'hidden' }, text);
}

export function code(text: string): HTMLElement {
  return element('code', {}, text);
}

/** A link out of the tab's frame; plain text for an address that is none of the web. */
export function link(address: string, text: string): Node {
  if (!/^https?:\/\//i.test(address)) return document.createTextNode(text);
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, text);
}
