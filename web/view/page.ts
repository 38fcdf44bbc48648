import type { EarlierRun } from '../run/earlier-runs.ts';
import type { RunView } from '../run/follow-run.ts';
import type { RunState, ShownReport } from '../run/run-state.ts';
import type { ServerTrouble } from '../server/server-error.ts';
import { element } from './element.ts';
import { earlierPart } from './earlier-part.ts';
import { notesOf, troubleText } from './notes.ts';
import { reportLine } from './report-view.ts';
import { status } from './status.ts';
import { type Addresses, stepSection } from './step-section.ts';
import { table } from './table.ts';

/** More reports are folded, those that failed aside. */
const mostOpen = 3;
/** As many want an overview. */
const overviewFrom = 4;

/** The whole page. What a reader has opened, and where they are, stays when more comes. */
export class Page implements RunView {
  readonly #trouble = element('div', { role: 'alert' });
  readonly #notes = element('div', { class: 'notes' });
  readonly #overview = element('div', {});
  readonly #reports = element('div', {});
  readonly #sections = new Map<string, HTMLElement>();
  readonly #addresses: Addresses;
  readonly #again: () => void;

  /** @param again asks anew after a trouble that ended the asking */
  constructor(main: HTMLElement, addresses: Addresses, again: () => void) {
    this.#addresses = addresses;
    this.#again = again;
    const said = element('p', { role: 'status', class: 'hidden' });
    main.replaceChildren(
      element('h1', { class: 'hidden' }, 'Containers of this run'),
      ...[this.#trouble, this.#notes, this.#overview, this.#reports, said],
    );
  }

  show(state: RunState): void {
    this.#trouble.replaceChildren();
    replace(this.#notes, notesOf(state, this.#addresses));
    const { reports } = state;
    replace(this.#overview, reports.length < overviewFrom ? [] : [this.#table(reports)]);
    const wanted = reports.map((report) => this.#section(report, reports.length));
    // Those that stay are not moved: a move would take the focus from them.
    for (const old of [...this.#reports.children]) {
      if (!wanted.includes(old as HTMLElement)) old.remove();
    }
    wanted.forEach((section, at) => {
      const there = this.#reports.children[at] ?? null;
      if (there !== section) this.#reports.insertBefore(section, there);
    });
  }

  /** Adds what came before to the reports of that name. */
  showEarlier(
    reports: readonly ShownReport[],
    runs: ReadonlyMap<string, readonly EarlierRun[]>,
  ): void {
    for (const { key, name } of reports) {
      const made = earlierPart(runs.get(name) ?? [], (id) => this.#addresses.run(id));
      if (made !== undefined) this.#sections.get(key)?.append(made);
    }
  }

  tellTrouble(trouble: ServerTrouble, isFinal: boolean): void {
    const again = element('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', this.#again);
    const text = isFinal ? troubleText(trouble) : `${troubleText(trouble)} It is asked again soon.`;
    const button = isFinal ? again : undefined;
    replace(this.#trouble, [element('p', {}, status('bad', text), button)]);
  }

  #section(report: ShownReport, count: number): HTMLElement {
    const known = this.#sections.get(report.key);
    if (known !== undefined) return known;
    const isOpen = count <= mostOpen || reportLine(report.content).tone === 'bad';
    const made = stepSection(report, this.#addresses, isOpen);
    made.id = `report-${this.#sections.size + 1}`;
    this.#sections.set(report.key, made);
    return made;
  }

  #table(reports: readonly ShownReport[]): HTMLElement {
    const rows = reports.map((report) => {
      const section = this.#section(report, reports.length);
      const go = element('a', { href: `#${section.id}` }, report.step?.name ?? report.name);
      go.addEventListener('click', () => {
        section.setAttribute('open', '');
      });
      const { tone, text } = reportLine(report.content);
      return [go, report.step?.job ?? '', status(tone, text)];
    });
    return table({ caption: 'Reports of this run', headings: ['Step', 'Job', 'Result'], rows });
  }
}

function replace(place: HTMLElement, children: readonly (Node | string | undefined)[]): void {
  place.replaceChildren(...children.filter((child) => child !== undefined));
}
