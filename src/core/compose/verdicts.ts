/** What becomes of a key: passed on to Podman or done by us, told as a warning, or refused. */
export type Verdict =
  | Readonly<{ kind: 'done'; how: string }>
  | Readonly<{ kind: 'warned'; why: string }>
  | Readonly<{ kind: 'refused'; why: string; change: string }>;

function done(how: string): Verdict {
  return { kind: 'done', how };
}

function warned(why: string): Verdict {
  return { kind: 'warned', why };
}

function refused(why: string, change: string): Verdict {
  return { kind: 'refused', why, change };
}

const swarm = warned('it means something to a swarm only');
const windows = warned('it means something to Windows only');
const cgroups = warned('Podman cannot hold to it in a job');

/** Every key of a service: the table of docs/reference/compose-keys.md, and what loading does about it. */
export const serviceVerdicts: Readonly<Record<string, Verdict>> = {
  annotations: done('--annotation'),
  attach: warned('logs are shown as the input "logs" says'),
  blkio_config: cgroups,
  build: warned(
    'images are not built here: BuildxMultiArch builds them, and "image" names the result',
  ),
  cap_add: done('--cap-add'),
  cap_drop: done('--cap-drop'),
  cgroup: cgroups,
  cgroup_parent: cgroups,
  command: done('after the image'),
  configs: done('a Podman secret at the path, removed after the job'),
  container_name: warned(
    'names are made for each job, so that two jobs cannot collide; others find the service by this name as well',
  ),
  cpu_count: windows,
  cpu_percent: windows,
  cpu_period: done('--cpu-period'),
  cpu_quota: done('--cpu-quota'),
  cpu_rt_period: cgroups,
  cpu_rt_runtime: cgroups,
  cpu_shares: done('--cpu-shares'),
  cpus: done('--cpus'),
  cpuset: done('--cpuset-cpus'),
  credential_spec: refused('it needs Windows', 'Remove it.'),
  depends_on: done('the order of the start, with all three conditions and "required"'),
  deploy: done(
    'resources.limits, resources.reservations.memory and replicas; the rest is warned of',
  ),
  develop: warned('it is for work at a desk'),
  device_cgroup_rules: done('--device-cgroup-rule'),
  devices: done('--device'),
  dns: done('--dns'),
  dns_opt: done('--dns-option'),
  dns_search: done('--dns-search'),
  domainname: done('--hostname, behind the host name'),
  entrypoint: done('--entrypoint; the image command is dropped'),
  env_file: done('read before the start, with "required" and "format: raw"'),
  environment: done('--env; secrets travel in the environment of Podman'),
  expose: done('--expose'),
  extends: done('merged into the service'),
  external_links: refused(
    'containers outside the project cannot be linked',
    'Put both on an external network, and use the name there.',
  ),
  extra_hosts: done('--add-host; host-gateway is the host'),
  gpus: done('--device nvidia.com/gpu=…, by the Container Device Interface'),
  group_add: done('--group-add'),
  healthcheck: done("driven by us, by Docker's rules"),
  hostname: done('--hostname, and a name that others find it by'),
  image: done('the image; a short name is one of docker.io'),
  init: done('--init'),
  ipc: done('--ipc'),
  isolation: windows,
  label_file: done('read before the start'),
  labels: done('--label'),
  links: done('--add-host with the alias, and an implicit dependency'),
  logging: done('max-size; the driver is always k8s-file, so that logs can be shown'),
  mac_address: done('--mac-address'),
  mem_limit: done('--memory'),
  mem_reservation: done('--memory-reservation'),
  mem_swappiness: cgroups,
  memswap_limit: done('--memory-swap'),
  models: refused('there is no model runner', 'Start the model as a service of its own.'),
  network_mode: done('--network'),
  networks: done('--network, with aliases, addresses and interface_name'),
  oom_kill_disable: cgroups,
  oom_score_adj: done('--oom-score-adj'),
  pid: done('--pid'),
  pids_limit: done('--pids-limit'),
  platform: done('--platform'),
  ports: done('--publish, as the input "ports" says'),
  post_start: done('podman exec after the start'),
  pre_start: done('a container of its own before the start'),
  pre_stop: done('podman exec before the removal, as far as time allows'),
  privileged: done('--privileged'),
  profiles: done('the input "profiles"'),
  provider: refused('external providers are not run', 'Start what it provides in a step before.'),
  pull_policy: done('always, missing and never; times are as missing, with a warning'),
  pull_refresh_after: warned('images are pulled as pull_policy says'),
  read_only: done('--read-only'),
  restart: done('--restart'),
  runtime: warned('the runtime is one for all, chosen by the look at Podman'),
  scale: done('several containers under one name'),
  secrets: done('a Podman secret at the path, removed after the job'),
  security_opt: done('--security-opt'),
  shm_size: done('--shm-size'),
  stdin_open: done('--interactive'),
  stop_grace_period: done('--stop-timeout, in whole seconds'),
  stop_signal: done('--stop-signal'),
  storage_opt: cgroups,
  sysctls: done('--sysctl'),
  tmpfs: done('--tmpfs; uid and gid are left out, with a warning'),
  tty: done('--tty'),
  ulimits: done('--ulimit, not above what the agent may have'),
  use_api_socket: refused('there is no Docker socket', 'Remove it.'),
  user: done('--user'),
  userns_mode: done('--userns'),
  uts: done('--uts'),
  volumes: done('--volume or --mount: bind, volume, tmpfs and image'),
  volumes_from: done('--volumes-from'),
  working_dir: done('--workdir'),
};

/** Keys deeper in a service that are not done. */
export const innerVerdicts: Readonly<Record<string, Verdict>> = {
  'depends_on.*.restart': warned('services are not restarted one by one'),
  'deploy.endpoint_mode': swarm,
  'deploy.labels': swarm,
  'deploy.mode': swarm,
  'deploy.placement': swarm,
  'deploy.resources.reservations.cpus': swarm,
  'deploy.resources.reservations.generic_resources': swarm,
  'deploy.restart_policy': warned('use "restart"'),
  'deploy.rollback_config': swarm,
  'deploy.update_config': swarm,
  'networks.*.driver_opts': warned('Podman has no such options'),
  'networks.*.gw_priority': warned('the first network is the way out'),
  'networks.*.link_local_ips': warned('Podman has no such addresses'),
  'networks.*.priority': warned('networks are joined in their order'),
  'volumes.*.bind.recursive': warned('Podman decides it by the kernel'),
  'volumes.*.consistency': warned('it means something to macOS only'),
  'volumes.*.volume.labels': warned('anonymous volumes carry the labels of the job'),
};

/** Top-level keys that are not done in full. */
export const projectVerdicts: Readonly<Record<string, Verdict>> = {
  models: refused('there is no model runner', 'Start the model as a service of its own.'),
  'networks.*.attachable': swarm,
  'networks.*.driver_opts': warned('the options of Docker and Podman differ'),
  'networks.*.enable_ipv4': warned('Podman networks always have IPv4'),
  'networks.*.ipam.config.*.aux_addresses': warned('Podman has no such addresses'),
  'networks.*.ipam.driver': warned('Podman gives addresses by itself'),
  'networks.*.ipam.options': warned('Podman gives addresses by itself'),
  'secrets.*.driver': refused(
    'secrets come from files and variables',
    'Write file: or environment:.',
  ),
  'secrets.*.driver_opts': refused('secrets come from files and variables', 'Remove it.'),
  'secrets.*.template_driver': refused('there are no templates', 'Write the text out.'),
  'configs.*.template_driver': refused('there are no templates', 'Write the text out.'),
};
