import { format } from 'prettier';
import { UserError } from '../../../src/core/errors.ts';
import { hintFor } from '../../../src/core/podman/failure-hints.ts';
import { hostTrouble } from '../../../src/core/podman/host-trouble.ts';
import type { MachineFacts } from '../../../src/core/podman/machine-facts.ts';
import { hostSamples, podmanSamples } from './podman-samples.ts';

/** A pod as Kubernetes makes it: little is allowed, and everything is installed. */
const pod: MachineFacts = {
  ...{ openFiles: 20_000, processes: undefined, pidMax: 32_768 },
  ...{ canRaiseLimits: false, canMakeNetworks: false, noNewPrivileges: false },
  ...{ hybridControllers: [], cgroupsAreReadOnly: false, procIsMasked: true },
  ...{ hasTun: false, hasFuse: false, hasSystemd: false, hasInit: true, hasNames: true },
  programs: ['crun', 'runc', 'newuidmap'],
};

/** What the task says of a service that fails; `db` stands for its name. */
const services: readonly (readonly [string, string])[] = [
  [
    'Service db is unhealthy after 3 failed health checks in a row.',
    'Its check failed as often as `retries` allows. What the check said and the last 30 log lines stand beside it. Mend the service, or give it a `start_period` or more `retries`.',
  ],
  [
    'Service db was not healthy within 120 s (40 health checks).',
    'The check never passed. Read its log; set `waitTimeout` higher when it only needs time.',
  ],
  [
    'Service db was not healthy within the overallTimeout of 600 s (40 health checks).',
    'All of the step took too long: often pulls. Set `overallTimeout` higher, or use `registryMirror`.',
  ],
  [
    'Service db ended before it was healthy. Its container: exited with exit code 137 (out of memory: it met its limit of 512 MiB).',
    "The kernel killed it at its own limit: raise `mem_limit` (or `deploy.resources.limits.memory`), or let it use less. “The agent had no more” instead: the agent's machine or pod needs more memory, or other services limits.",
  ],
  [
    'compose.yaml:3: services.db has limits that this agent cannot hold: --memory 536870912b.',
    'A plain user has no limits on cgroups v1, on v2 those that are delegated to it (systemd: `Delegate=cpu cpuset io memory pids` for `user@.service`), root none where cgroups are mounted read-only. The service runs without them.',
  ],
  [
    'Service db ended before it was healthy. Its container: exited with exit code 137 (killed by SIGKILL, as the kernel does when memory runs out).',
    'Give it or the agent more memory, unless something else killed it.',
  ],
  [
    'Service migrate did not complete successfully. Its container: exited with exit code 1.',
    'Others wait until it has ended with 0. Its log says why it did not.',
  ],
  [
    'api waits until db is healthy, but neither the file nor its image has a healthcheck, and it has no ports to look at.',
    'Give db a `healthcheck` or `ports`, or wait for `service_started`.',
  ],
  [
    'db: no healthcheck in the file or the image; as postgres it counts as healthy when "pg_isready …" succeeds in it.',
    'Not a failure. When the image is something else, write `x-preset: none`; when it has a better check, a `healthcheck`; for no check at all `healthcheck: {disable: true}`.',
  ],
  [
    'Service api was not healthy within 120 s (300 health checks). … so far not: its log has a line like "started".',
    'No line of its log matched the regular expression in `wait` (`x-wait`).',
  ],
  [
    'services.api.x-wait.http asks port 8080 from the agent, but it is not published.',
    'Add the port to `ports`, or ask within the container by `shell`.',
  ],
  [
    'services:3: The service db has neither an image nor a preset that is known.',
    'The number is the line in the input `services`. Write `db: postgres`, or give it an `image`.',
  ],
  [
    'services.web.ports has one host port, 8080, for 3 containers.',
    'With `ports: asDeclared` each container of a service needs its own: write a range, `8080-8082:80`.',
  ],
  [
    'Service db ended at 12:00:01 UTC, after it was ready: exited with exit code 1.',
    'It died while the job still counted on it. Its log is shown in the post-job step.',
  ],
  [
    "Services may not find each other by name: Podman's DNS server still serves the network old at 10.89.0.1, which is gone.",
    'Podman was killed while it removed that network. Remove the file that is named; the next start of a container makes the server forget it.',
  ],
  [
    'The image docker.io/library/a:1 could not be pulled: its registry did not answer within 20 s.',
    'Somebody holds the connection and says nothing: a firewall or a proxy. Check the way to the registry, or name a `registryMirror`.',
  ],
];

/** The page of what goes wrong with services: by Podman's own words and by ours, from the code's sentences. */
export function troubleshootingServicesPage(): Promise<string> {
  const page = [
    '<!-- Made from the code by `npm run generate`: edit the sentences in src/core/podman instead. -->',
    '# When services do not start',
    '`command: doctor` of PodmanServices says what Podman on an agent can do and needs, without a compose file.',
    '## The agent',
    "Podman's words, and what the task does about them by itself; where it can do nothing, it stops with the cure.",
    table(['Podman says', 'The task', 'What you can change'], hostRows()),
    '## Images, ports and programs',
    table(['Podman says', 'The hint'], hintRows()),
    '## Services',
    table(['The task says', 'What to do'], services),
  ];
  return format(page.join('\n\n'), { parser: 'markdown', printWidth: 100, singleQuote: true });
}

function hostRows(): readonly (readonly string[])[] {
  return Object.values(hostSamples).map((words) => {
    const trouble = hostTrouble(words);
    if (trouble === undefined) throw new UserError([{ what: words, change: 'Nobody knows it.' }]);
    const adaptation = trouble.adapt?.(pod);
    return [words, adaptation?.finding ?? trouble.problem.what, trouble.problem.change];
  });
}

function hintRows(): readonly (readonly string[])[] {
  return Object.values(podmanSamples).map((words) => [words, hintFor(words) ?? '']);
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heading), `|${'---|'.repeat(heading.length)}`, ...rows.map(line)].join('\n');
}

/** As text: a pipe would end the cell, a line its row, and `<word>` would be HTML. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '\\<').replaceAll('\n', ' ');
}
