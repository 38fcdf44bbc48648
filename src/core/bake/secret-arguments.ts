import { type Bake, definitionsOf } from './baked-targets.ts';

/** A warning for each build argument that a bake file makes of a secret: its variables may come from the step's `env`. */
export function secretArgumentWarnings(
  bake: Bake,
  holdsSecret: (text: string) => boolean,
): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const [target, { args = {} }] of definitionsOf(bake)) {
    for (const [name, value] of Object.entries(args)) {
      if (holdsSecret(value ?? '')) targets.set(name, [...(targets.get(name) ?? []), target]);
    }
  }
  return [...targets].map(
    ([name, of]) =>
      `bakeFile: the argument "${name}" of ${of.join(', ')} has a secret value, and build arguments stay in the image's history and provenance. Use "secrets" and RUN --mount=type=secret instead.`,
  );
}
