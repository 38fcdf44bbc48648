import type { ServiceEndpoint } from '../../protocol/job-message.ts';
import type { Command } from '../command.ts';
import type { StepContext } from '../step-context.ts';
import { CommandError, required } from './command-error.ts';

/** `task.setendpoint`: changes a connection for later steps; the system connection has no GUID and is out of reach. */
export function setEndpoint(context: StepContext, { properties, message }: Command): void {
  const { job } = context;
  const id = required(properties, 'id', 'task.setendpoint').toLowerCase();
  const field = required(properties, 'field', 'task.setendpoint').toLowerCase();
  const index = job.endpoints.findIndex((candidate) => candidate.id === id);
  const endpoint = job.endpoints[index];
  if (!endpoint) throw new CommandError(`Endpoint not found: ${id}`);
  const change = (): ServiceEndpoint => {
    if (field === 'url') return { ...endpoint, url: validUrl(message) };
    const key = required(properties, 'key', 'task.setendpoint');
    if (field === 'dataparameter')
      return { ...endpoint, data: { ...endpoint.data, [key]: message } };
    if (field !== 'authparameter') throw new CommandError(`Invalid endpoint field: ${field}`);
    if (message !== '') job.masker.add(message);
    return { ...endpoint, parameters: { ...endpoint.parameters, [key]: message } };
  };
  job.endpoints = job.endpoints.with(index, change());
}

function validUrl(text: string): string {
  if (!URL.canParse(text)) throw new CommandError(`Invalid endpoint url: ${text}`);
  return text;
}
