import { UserError } from '../../src/core/errors.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { Inputs } from './inputs.ts';
import { parseKubernetes } from './kubernetes-request.ts';
import { readRequest } from './read-request.ts';
import { setUpBuilder } from './set-up-builder.ts';
import { setUpKubernetes } from './set-up-kubernetes.ts';
import type { SetupPorts } from './setup-ports.ts';

/** Sets up a builder with the driver that the step asks for. */
export function setUp(inputs: Inputs, ports: SetupPorts): Promise<void> {
  return inputs.driver === 'kubernetes'
    ? setUpKubernetes(inputs, ports)
    : setUpBuilder(inputs, ports);
}

/** Starts nothing. @throws UserError with the problems of the inputs' meaning */
export async function checkInputs(inputs: Inputs, ports: TaskPorts): Promise<void> {
  const { host } = ports;
  const slug = jobSlug(jobIdentity((name) => host.variable(name)));
  if (inputs.driver !== 'kubernetes') {
    await readRequest(inputs, slug, ports);
    return;
  }
  const sourcesDirectory = host.variable('System.DefaultWorkingDirectory') ?? '';
  const read = parseKubernetes(inputs, { jobSlug: slug, sourcesDirectory });
  if (!read.ok) throw new UserError(read.problems);
}
