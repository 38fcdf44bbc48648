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
