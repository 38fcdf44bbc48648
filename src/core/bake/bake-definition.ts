import * as v from 'valibot';

const texts = v.optional(v.array(v.string()));
const texted = v.optional(v.record(v.string(), v.nullable(v.string())));
const attributes = v.record(v.string(), v.string());
const listed = v.optional(v.array(attributes));

/** What we read or change of a target; the rest stays as it is. */
const targetSchema = v.looseObject({
  context: v.optional(v.string(), '.'),
  dockerfile: v.optional(v.string(), 'Dockerfile'),
  'dockerfile-inline': v.optional(v.string()),
  contexts: v.optional(v.record(v.string(), v.string())),
  target: v.optional(v.string()),
  args: texted,
  labels: texted,
  annotations: texts,
  tags: texts,
  platforms: texts,
  'cache-from': listed,
  'cache-to': listed,
  secret: listed,
  ssh: v.optional(v.array(v.unknown())),
  output: listed,
  attest: listed,
  entitlements: texts,
  'no-cache-filter': texts,
  ulimits: texts,
  'extra-hosts': texted,
});

const definitionSchema = v.object({
  group: v.optional(v.record(v.string(), v.object({ targets: v.array(v.string()) })), {}),
  target: v.record(v.string(), targetSchema),
});

const definitionText = v.pipe(v.string(), v.parseJson(), definitionSchema);

/** One target with everything resolved: variables, inheritance, matrix, overrides. */
export type TargetDefinition = v.InferOutput<typeof targetSchema>;

/** Options of one secret, cache, output or attestation. */
export type Attributes = v.InferOutput<typeof attributes>;

/** What `buildx bake --print` tells: the targets that were asked for, and those that they are made from. */
export interface BakeDefinition {
  /** Names, in the order that was asked for, then by name, as buildx sorts them; each is a key of `definitions`. */
  readonly requested: readonly string[];
  readonly definitions: Readonly<Record<string, TargetDefinition>>;
}

/**
 * Undefined when the text is no such definition.
 * @param asked targets and groups in the user's order, which the text has lost
 */
export function parseDefinition(
  text: string,
  asked: readonly string[] = [],
): BakeDefinition | undefined {
  const result = v.safeParse(definitionText, text);
  if (!result.success) return undefined;
  const { group, target } = result.output;
  const expanded = (name: string, seen: readonly string[]): readonly string[] => {
    const members = seen.includes(name) ? undefined : group[name]?.targets;
    if (members === undefined) return name in target ? [name] : [];
    return members.flatMap((member) => expanded(member, [...seen, name]));
  };
  const requested = [...asked, 'default'].flatMap((name) => expanded(name, []));
  return { requested: [...new Set(requested)], definitions: target };
}
