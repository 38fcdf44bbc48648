import * as v from 'valibot';

const optional = <T extends v.GenericSchema>(schema: T) => v.nullish(schema);

const recordSchema = v.object({
  id: v.string(),
  parentId: optional(v.string()),
  /** Stage, Phase, Job, Task and others. */
  type: v.string(),
  name: optional(v.string()),
  order: optional(v.number()),
  state: optional(v.picklist(['pending', 'inProgress', 'completed'])),
  /** succeeded, failed, canceled, skipped and so on. */
  result: optional(v.string()),
  finishTime: optional(v.string()),
  task: optional(v.object({ name: optional(v.string()) })),
  previousAttempts: optional(v.array(v.object({ timelineId: optional(v.string()) }))),
});

/** What the tab reads of a run's timeline (REST API 7.0, Timeline - Get). */
export const timelineSchema = v.object({ id: v.string(), records: v.array(recordSchema) });

export type Timeline = v.InferOutput<typeof timelineSchema>;
export type TimelineRecord = Timeline['records'][number];

/** A step as people know it. */
export interface Step {
  readonly record: string;
  readonly name: string;
  readonly state: 'pending' | 'inProgress' | 'completed';
  readonly result: string | undefined;
  /** The task's name, such as `BuildxMultiArch`. */
  readonly task: string | undefined;
  /** Changes when the step has run again. */
  readonly finished: string | undefined;
  /** Its job's record: the address of its log needs it. */
  readonly jobRecord: string | undefined;
  readonly job: string | undefined;
  readonly stage: string | undefined;
}

/** Every step of the last attempts, in the order of the run. */
export function stepsOf({ records }: Timeline): readonly Step[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return records
    .filter(({ type }) => type === 'Task')
    .map((record) => ({ record, parents: parentsOf(record, byId) }))
    .map(({ record, parents }) => ({ step: stepOf(record, parents), key: keyOf(record, parents) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ step }) => step);
}

function stepOf(record: TimelineRecord, parents: readonly TimelineRecord[]): Step {
  const job = parents.find(({ type }) => type === 'Job');
  const stage = parents.find(({ type }) => type === 'Stage');
  return {
    record: record.id,
    name: record.name ?? 'A step without a name',
    state: record.state ?? 'completed',
    result: known(record.result),
    task: known(record.task?.name),
    finished: known(record.finishTime),
    jobRecord: job?.id,
    job: known(job?.name),
    // A pipeline without stages has one all the same.
    stage: stage?.name === '__default' ? undefined : known(stage?.name),
  };
}

function known<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}

/** From the nearest to the outermost. */
function parentsOf(
  record: TimelineRecord,
  byId: ReadonlyMap<string, TimelineRecord>,
): readonly TimelineRecord[] {
  const parents: TimelineRecord[] = [];
  let next = byId.get(record.parentId ?? '');
  while (next !== undefined && !parents.includes(next)) {
    parents.push(next);
    next = byId.get(next.parentId ?? '');
  }
  return parents;
}

/** From the outermost record to the step; the id keeps steps of one job together where jobs have one place. */
function keyOf(record: TimelineRecord, parents: readonly TimelineRecord[]): Key {
  return [...parents]
    .reverse()
    .concat(record)
    .map(({ order, id }) => [order ?? 0, id] as const);
}

type Key = readonly (readonly [order: number, id: string])[];

function compareKeys(a: Key, b: Key): number {
  const differences = a.map(([order, id], at) => {
    const [otherOrder, otherId] = b[at] ?? [0, ''];
    return order - otherOrder || id.localeCompare(otherId);
  });
  return differences.find((difference) => difference !== 0) ?? 0;
}
