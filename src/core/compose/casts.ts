import { PathRules } from './path-rules.ts';

/** How a text becomes the type that its key has. */
export interface Cast {
  readonly expected: string;
  /** Undefined when the text is something else. */
  readonly read: (text: string) => number | boolean | undefined;
}

const whole: Cast = {
  expected: 'a whole number',
  read: (text) => (/^[-+]?\d+$/.test(text) ? Number(text) : undefined),
};

const number: Cast = {
  expected: 'a number',
  read: (text) => {
    const isNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text);
    return isNumber ? Number(text) : undefined;
  },
};

const words: Readonly<Record<string, boolean>> = {
  ...{ true: true, y: true, yes: true, on: true },
  ...{ false: false, n: false, no: false, off: false },
};

/** Docker takes `yes` and `off` for booleans, though YAML does not. */
export function readFlag(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

const flag: Cast = { expected: 'true or false', read: readFlag };

/** The keys whose texts are typed after interpolation (compose-go, loader/interpolate.go). */
const service: Readonly<Record<string, Cast>> = {
  cpu_count: whole,
  cpu_percent: number,
  cpu_period: whole,
  cpu_quota: whole,
  cpu_rt_period: whole,
  cpu_rt_runtime: whole,
  cpus: number,
  cpu_shares: whole,
  init: flag,
  'depends_on.*.required': flag,
  'depends_on.*.restart': flag,
  'deploy.replicas': whole,
  'deploy.update_config.parallelism': whole,
  'deploy.update_config.max_failure_ratio': number,
  'deploy.rollback_config.parallelism': whole,
  'deploy.rollback_config.max_failure_ratio': number,
  'deploy.restart_policy.max_attempts': whole,
  'deploy.placement.max_replicas_per_node': whole,
  'healthcheck.retries': whole,
  'healthcheck.disable': flag,
  oom_kill_disable: flag,
  oom_score_adj: whole,
  pids_limit: whole,
  'ports.*.target': whole,
  privileged: flag,
  read_only: flag,
  scale: whole,
  stdin_open: flag,
  tty: flag,
  'ulimits.*': whole,
  'ulimits.*.hard': whole,
  'ulimits.*.soft': whole,
  'volumes.*.read_only': flag,
  'volumes.*.volume.nocopy': flag,
};

/** What texts become at their place in a project. */
export const casts = new PathRules<Cast>({
  ...Object.fromEntries(Object.entries(service).map(([key, cast]) => [`services.*.${key}`, cast])),
  'networks.*.external': flag,
  'networks.*.internal': flag,
  'networks.*.attachable': flag,
  'networks.*.enable_ipv4': flag,
  'networks.*.enable_ipv6': flag,
  'volumes.*.external': flag,
  'secrets.*.external': flag,
  'configs.*.external': flag,
});
