import type { Inputs } from './inputs.ts';
import { setUpBuilder } from './set-up-builder.ts';
import { setUpKubernetes } from './set-up-kubernetes.ts';
import type { SetupPorts } from './setup-ports.ts';

/** Sets up a builder with the driver that the step asks for. */
export function setUp(inputs: Inputs, ports: SetupPorts): Promise<void> {
  return inputs.driver === 'kubernetes'
    ? setUpKubernetes(inputs, ports)
    : setUpBuilder(inputs, ports);
}
