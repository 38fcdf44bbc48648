import { basename } from 'node:path/posix';
import { TargetEvents, targetOfReading, targetOfStage } from '../../src/core/bake/target-events.ts';
import type { BuildFailure } from '../../src/core/buildx/build-failure.ts';
import { PlainLines } from '../../src/core/buildx/plain-lines.ts';
import { percentDone } from '../../src/core/buildx/progress.ts';
import type { LintWarning, ProgressEvent } from '../../src/core/buildx/rawjson.ts';
import { VertexTable } from '../../src/core/buildx/vertex-table.ts';
import type { SourcePlace } from '../../src/core/errors.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildPlan } from './planned-parts.ts';

/** A build that prints nothing for so long is said to be alive, and busy with what. */
const quietMs = 10_000;

type Ports = Pick<TaskPorts, 'host' | 'clock' | 'cancellation'>;
/** What is built, as far as its events need to know. */
type Built = Pick<BuildPlan, 'targets' | 'dockerfiles'>;

/** Turns buildx's events into lines, progress and warnings as they come. */
export class RelayedBuild {
  readonly table = new VertexTable();
  readonly plain = new PlainLines(this.table);
  /** What the checks of the Dockerfile found, as told. */
  readonly warnings: LintWarning[] = [];
  readonly #plan: Built;
  readonly #targets: TargetEvents;
  readonly #ports: Ports;
  #percent = 0;
  #lastLineAt: number;

  constructor(plan: Built, ports: Ports) {
    this.#plan = plan;
    this.#targets = new TargetEvents(plan.targets);
    this.#ports = ports;
    this.#lastLineAt = ports.clock.now();
  }

  now(): number {
    return this.#ports.clock.now();
  }

  acceptEvent(told: ProgressEvent, ofPart = (event: ProgressEvent): ProgressEvent => event): void {
    const event = ofPart(this.#targets.named(told));
    this.table.accept(event);
    this.#relayAll(this.plain.accept(event));
    this.warnings.push(...event.warnings);
    const percent = percentDone(this.table);
    if (percent <= this.#percent) return;
    this.#percent = percent;
    this.#ports.host.progress(percent, 'Building');
  }

  relay(line: string): void {
    this.#lastLineAt = this.#ports.clock.now();
    this.#ports.host.info(line);
  }

  /** A part has ended. */
  end(prefix: string): void {
    this.#relayAll(this.plain.end(prefix));
  }

  /** A part is tried again: what was told of it does not count. */
  forget(prefix: string): void {
    this.table.forget(prefix);
    this.plain.forget(prefix);
  }

  /** Where a file of BuildKit's, known by its name alone, lies for people; `vertex` has read it. */
  pathOf(name: string, vertex: string): string | undefined {
    const reader = this.table.find(vertex)?.name ?? '';
    return this.#pathOf(name, targetOfReading(reader, this.#plan.targets));
  }

  /** As `pathOf`, for the place of a failure. */
  placeOf({ place, vertex, target }: BuildFailure): SourcePlace | undefined {
    if (place === undefined) return undefined;
    const ofStage = targetOfStage(vertex?.step?.stage, this.#plan.targets);
    const path = this.#pathOf(place.path, ofStage ?? target);
    return path === undefined ? undefined : { ...place, path };
  }

  /** Its name where no more is known; undefined where it is no file of the agent's at all. */
  #pathOf(name: string, target: string | undefined): string | undefined {
    const ofTarget = this.#plan.dockerfiles.filter(
      (each) => target === undefined || each.target === undefined || each.target === target,
    );
    if (ofTarget.length === 0) return undefined;
    const [found = name, ...others] = new Set(
      ofTarget.map(({ path }) => path).filter((path) => basename(path) === name),
    );
    return others.length > 0 ? name : found;
  }

  /** Says so when the build is quiet, until `ended` says that it is over. */
  async watchQuiet(ended: () => boolean): Promise<void> {
    const { clock, cancellation } = this.#ports;
    const isOver = (): boolean => ended() || cancellation.aborted;
    while (!isOver()) {
      const quiet = clock.now() - this.#lastLineAt;
      if (quiet < quietMs) {
        await clock.sleep(quietMs - quiet);
        continue;
      }
      this.relay(`... nothing new for ${formatSeconds(quiet)}; still at ${this.busyWith()}`);
    }
  }

  /** What runs, for people. */
  busyWith(platform?: string): string {
    const busy = this.table
      .ofPart(platform)
      .filter(({ isRunning }) => isRunning)
      .map((vertex) => {
        const activity = this.table.activityOf(vertex.digest)?.id;
        return `#${vertex.number ?? 0} ${activity ?? vertex.name.slice(0, 80)}`;
      });
    return busy.length === 0 ? 'buildx' : busy.join('; ');
  }

  /** At once: an event may bring ten thousand lines, each of which would wait in memory as a write of its own. */
  #relayAll(lines: readonly string[]): void {
    if (lines.length > 0) this.relay(lines.join('\n'));
  }
}
