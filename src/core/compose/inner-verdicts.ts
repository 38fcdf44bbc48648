import { type Verdict, refused, warned } from './verdict.ts';

const swarm = warned('it means something to a swarm only');

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
