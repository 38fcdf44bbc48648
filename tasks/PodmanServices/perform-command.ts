import type { Inputs } from './inputs.ts';
import type { ServicesPorts } from './services-ports.ts';

/** Does what the input `command` asks for. */
export async function performCommand(inputs: Inputs, ports: ServicesPorts): Promise<void> {
  switch (inputs.command) {
    case 'up':
      return (await import('./start-services.ts')).startServices(inputs, ports);
    case 'down':
      return (await import('./whole-job.ts')).takeDown(inputs, ports);
    case 'logs':
      return (await import('./whole-job.ts')).giveAllLogs(inputs, ports);
    case 'doctor':
      return (await import('./doctor.ts')).examineHost(inputs, ports);
  }
}

/** Starts nothing. @throws UserError with the problems of the inputs' meaning, which only `up` looks into */
export async function checkInputs(inputs: Inputs, ports: ServicesPorts): Promise<void> {
  if (inputs.command === 'up') await (await import('./read-request.ts')).readRequest(inputs, ports);
}
