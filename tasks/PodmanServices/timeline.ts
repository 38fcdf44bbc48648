import type { ReportedImage, ReportedService } from '../../src/core/report/services-report.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import type { Clock } from '../../src/ports/clock.ts';

type Moments = Pick<ReportedService, 'from' | 'started' | 'ready' | 'checks'>;

/** When what happened, in milliseconds since the step began. */
export class Timeline {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** As Podman told them last, when all were ready. */
  states: readonly ContainerState[] = [];
  readonly #clock: Clock;
  readonly #images = new Map<string, ReportedImage>();
  readonly #services = new Map<string, Moments>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.startedAt = clock.now();
  }

  get images(): readonly ReportedImage[] {
    return [...this.#images.values()];
  }

  /** Undefined: nothing happened to it. */
  of(title: string): Moments {
    return this.#services.get(title) ?? {};
  }

  now(): number {
    return this.#clock.now() - this.startedAt;
  }

  async image<T>(image: string, work: (pulled: () => void) => Promise<T>): Promise<T> {
    const from = this.now();
    let outcome: ReportedImage['outcome'] = 'here';
    this.#images.set(image, { image, from, outcome: 'unfinished' });
    try {
      return await work(() => {
        outcome = 'pulled';
      });
    } catch (error) {
      outcome = 'failed';
      throw error;
    } finally {
      this.#images.set(image, { image, from, to: this.now(), outcome });
    }
  }

  mark(title: string, moment: 'from' | 'started' | 'ready', checks?: number): void {
    const looks = checks === undefined ? {} : { checks };
    this.#services.set(title, { ...this.of(title), [moment]: this.now(), ...looks });
  }
}
