import { type AliasEvent, EVENT_ID, type MappingEvent, SCALAR_STYLE } from 'js-yaml';
import type { ScalarEvent, SequenceEvent } from 'js-yaml';
import type { Place } from './node.ts';

export type NodeEvent = ScalarEvent | SequenceEvent | MappingEvent | AliasEvent;

/** Blanks, comments, and what closes the node before. */
const between = /(?:[\s"'\]},:]+|#.*)*/y;

/** Tells where nodes stand, which are asked for in the order of the text. */
export class YamlPlaces {
  readonly #text: string;
  #last: Place;
  #nextLine: number;
  /** Of the node before. */
  #end = 0;

  constructor(text: string, { path, label }: Pick<Place, 'path' | 'label'>) {
    this.#text = text;
    this.#last = { path, label, line: 1 };
    this.#nextLine = this.#lineAfter(0);
  }

  /** A node without a start of its own stands where the next sign is, such as the dash of an empty entry. */
  of(event: NodeEvent): Place {
    const start = startOf(event) ?? this.#signBehind();
    this.#end = Math.max(start + 1, endOf(event));
    return this.#at(start);
  }

  /** What stands in one line shares its place. */
  #at(offset: number): Place {
    let { line } = this.#last;
    while (offset >= this.#nextLine) {
      line += 1;
      this.#nextLine = this.#lineAfter(this.#nextLine);
    }
    if (line !== this.#last.line) this.#last = { ...this.#last, line };
    return this.#last;
  }

  #lineAfter(offset: number): number {
    const end = this.#text.indexOf('\n', offset);
    return end === -1 ? Infinity : end + 1;
  }

  #signBehind(): number {
    between.lastIndex = this.#end;
    between.test(this.#text);
    return between.lastIndex;
  }
}

function startOf(event: NodeEvent): number | undefined {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  if (event.type !== EVENT_ID.SCALAR) return event.start;
  const isBlock = event.style >= SCALAR_STYLE.LITERAL_BLOCK;
  return isBlock || event.valueStart < 0 ? undefined : event.valueStart;
}

function endOf(event: NodeEvent): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorEnd;
  return event.type === EVENT_ID.SCALAR ? Math.max(event.valueEnd, event.tagEnd) : event.start;
}
