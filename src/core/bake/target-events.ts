import type { ProgressEvent } from '../buildx/rawjson.ts';

/**
 * The events of a bake of several targets, with the target as part of the stage: buildx writes
 * `[api linux/amd64 build 2/3] RUN …`, or `[api 2/3] …` for a stage without a name. A step or upload that several targets
 * share is told by each of them; it keeps the name of the last in the list, whatever the order of its events.
 */
export class TargetEvents {
  readonly #targets: readonly string[];
  /** What a vertex is called, with the place in the list of the target that calls it so. */
  readonly #names = new Map<string, { readonly place: number; readonly name: string }>();

  /** @param targets all that are built; what the others are made from comes last */
  constructor(targets: readonly string[]) {
    this.#targets = targets;
  }

  named(event: ProgressEvent): ProgressEvent {
    if (this.#targets.length < 2) return event;
    const vertexes = event.vertexes.map((vertex) => ({
      ...vertex,
      name: this.#nameOf(vertex.name, vertex.digest),
    }));
    return { ...event, vertexes };
  }

  #nameOf(name: string, digest: string): string {
    const [, prefix = '', rest = ''] = /^\[(\S+) (.*)$/s.exec(name) ?? [];
    const place = this.#targets.indexOf(prefix);
    if (place < 0) return name;
    const known = this.#names.get(digest);
    if (known !== undefined && known.place > place) return known.name;
    const own = ownName(prefix, rest) ?? name;
    this.#names.set(digest, { place, name: own });
    return own;
  }
}

/** Undefined for what is no step. */
function ownName(target: string, rest: string): string | undefined {
  const step = /^(\w+\/\S+ +)?(?:(\S+) +)?(\d+\/\d+\] .*)$/s.exec(rest);
  if (step === null) return undefined;
  const [, platform = '', stage, instruction = ''] = step;
  return `[${platform}${stage === undefined ? target : `${target}:${stage}`} ${instruction}`;
}

/** The target in a stage of such an event; undefined where there is none. */
export function targetOfStage(
  stage: string | undefined,
  targets: readonly string[],
): string | undefined {
  const [first] = (stage ?? '').split(':');
  return targets.find((target) => target === first);
}

/** The target whose Dockerfile a vertex such as `[api internal] load build definition from Dockerfile` has read. */
export function targetOfReading(name: string, targets: readonly string[]): string | undefined {
  const found = /^\[(?:\w+\/\S+ )?(\S+) internal\]/.exec(name)?.[1];
  return targets.find((target) => target === found);
}

/** Whether a step belongs to a target; all do where there is only one, whose name its events leave out. */
export function isStageOf(
  stage: string | undefined,
  target: string,
  targets: readonly string[],
): boolean {
  return targets.length < 2 || targetOfStage(stage, targets) === target;
}
