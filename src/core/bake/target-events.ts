import type { ProgressEvent } from '../buildx/rawjson.ts';

/**
 * The event of a bake of several targets, with the target as part of the stage: buildx writes
 * `[api linux/amd64 build 2/3] RUN …`, or `[api 2/3] …` for a stage without a name. A step that several targets
 * share has the name of one of them.
 */
export function eventOfTargets(event: ProgressEvent, targets: readonly string[]): ProgressEvent {
  if (targets.length < 2) return event;
  const vertexes = event.vertexes.map((vertex) => ({
    ...vertex,
    name: renamed(vertex.name, targets),
  }));
  return { ...event, vertexes };
}

/** The target in a stage of such an event; undefined where there is none. */
export function targetOfStage(
  stage: string | undefined,
  targets: readonly string[],
): string | undefined {
  const [first] = (stage ?? '').split(':');
  return targets.find((target) => target === first);
}

/** Whether a step belongs to a target; all do where there is only one, whose name its events leave out. */
export function isStageOf(
  stage: string | undefined,
  target: string,
  targets: readonly string[],
): boolean {
  return targets.length < 2 || targetOfStage(stage, targets) === target;
}

function renamed(name: string, targets: readonly string[]): string {
  const [, target = '', rest = ''] = /^\[(\S+) (.*)$/s.exec(name) ?? [];
  if (!targets.includes(target)) return name;
  const step = /^(\w+\/\S+ +)?(?:(\S+) +)?(\d+\/\d+\] .*)$/s.exec(rest);
  if (step === null) return name;
  const [, platform = '', stage, place = ''] = step;
  return `[${platform}${stage === undefined ? target : `${target}:${stage}`} ${place}`;
}
