import { type ComposeNode, type ListNode, list, scalar } from './node.ts';

/** A map as `NAME=value` lines, sorted as Docker sorts them; a list as it is. */
export function toLines(node: ComposeNode): ListNode {
  if (node.kind === 'list') return node;
  if (node.kind === 'scalar') {
    return list(typeof node.value === 'string' ? [node] : [], node.place);
  }
  const lines = [...node.entries].flatMap(([key, value]) =>
    (value.kind === 'list' ? value.items : [value]).map((item) => {
      const isBare = item.kind === 'scalar' && item.value === null;
      return scalar(isBare ? key : `${key}=${goText(item)}`, value.place);
    }),
  );
  return list(
    lines.sort((a, b) => (a.text < b.text ? -1 : 1)),
    node.place,
  );
}

/** A value as Docker prints it. */
export function goText(node: ComposeNode): string {
  return node.kind === 'scalar' ? node.text : '';
}
