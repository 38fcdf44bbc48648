import type { Policy } from '../../src/core/prune/policy.ts';
import type { PrunePorts } from './prune-ports.ts';
import type { CheckedRequest } from './read-request.ts';
import type { RegistryAccess } from './registry-access.ts';

/** What all parts of one run share. */
export interface PruneRun {
  readonly request: CheckedRequest;
  readonly policy: Policy;
  readonly access: RegistryAccess;
  readonly ports: PrunePorts;
  /** Manifests are left to the registry's own collection. */
  readonly untagOnly: boolean;
}
