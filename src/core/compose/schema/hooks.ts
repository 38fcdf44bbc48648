import * as v from 'valibot';
import { knownKeys } from '../known-keys.ts';
import { mapping } from './mappings.ts';
import { commandWords, flag, oneOf, text, textOrList } from './scalars.ts';

const common = {
  user: v.optional(text),
  privileged: v.optional(flag),
  working_dir: v.optional(text),
  environment: v.optional(mapping),
};

const hook = knownKeys({ command: commandWords, ...common });

/** `post_start` and `pre_stop`. */
export const hooks = v.array(hook);

export const preStart = v.array(
  knownKeys({
    command: v.optional(commandWords),
    image: v.optional(text),
    per_replica: v.optional(flag),
    ...common,
  }),
);

export const develop = v.nullable(
  knownKeys({
    watch: v.optional(
      v.array(
        knownKeys({
          path: text,
          action: oneOf('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
          target: v.optional(text),
          ignore: v.optional(textOrList),
          include: v.optional(textOrList),
          exec: v.optional(hook),
          initial_sync: v.optional(v.boolean()),
        }),
      ),
    ),
  }),
);
