import type { SecureFile, ServiceEndpoint } from '../protocol/job-message.ts';
import { toEnvironmentName } from './environment-names.ts';

/** A variable as a step sees it: expanded, and flagged if it or anything it was made of is secret. */
export interface VisibleVariable {
  readonly name: string;
  readonly value: string;
  readonly isSecret: boolean;
  /** Set by `setvariable preservecase`: the environment name keeps the case. */
  readonly keepsCase: boolean;
}

/** Everything a task's environment is made of; all values are expanded already. */
export interface EnvironmentSources {
  readonly process: NodeJS.ProcessEnv;
  readonly step: readonly (readonly [name: string, value: string])[];
  readonly variables: readonly VisibleVariable[];
  readonly inputs: ReadonlyMap<string, string>;
  readonly endpoints: readonly ServiceEndpoint[];
  readonly secureFiles: readonly SecureFile[];
  readonly taskVariables: readonly VisibleVariable[];
  /** Newest first. */
  readonly prependedPath: readonly string[];
}

/**
 * Builds the environment of a Node task, in the agent's order: a later row overwrites an earlier one, so a public
 * variable beats the step's `env:` (AW/Handlers/NodeHandler.cs, AW/Handlers/Handler.cs).
 */
export function buildEnvironment(sources: EnvironmentSources): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of sources.step) env[name.trim()] = value.trim();
  addVariables(env, sources.variables);
  for (const [name, value] of sources.inputs) env[`INPUT_${toEnvironmentName(name)}`] = value;
  for (const endpoint of sources.endpoints) addEndpoint(env, endpoint);
  for (const { id, name, ticket } of sources.secureFiles) {
    env[`SECUREFILE_NAME_${id}`] = name;
    env[`SECUREFILE_TICKET_${id}`] = ticket;
  }
  for (const { name, value } of sources.taskVariables) {
    env[`VSTS_TASKVARIABLE_${toEnvironmentName(name)}`] = value;
  }
  prependPath(env, sources);
  return { ...definedOnly(sources.process), ...env, TF_BUILD: 'True' };
}

function addVariables(env: Record<string, string>, variables: readonly VisibleVariable[]): void {
  const open = variables.filter(({ isSecret }) => !isSecret);
  const secret = variables.filter(({ isSecret }) => isSecret);
  for (const { name, value, keepsCase } of open) {
    if (name.toLowerCase() === 'agent.jobstatus') env[name] = value;
    const formatted = toEnvironmentName(name);
    env[keepsCase ? name.replaceAll('.', '_').replaceAll(' ', '_') : formatted] = value;
  }
  env['VSTS_PUBLIC_VARIABLES'] = JSON.stringify(open.map(({ name }) => name));
  for (const { name, value } of secret) env[`SECRET_${toEnvironmentName(name)}`] = value;
  env['VSTS_SECRET_VARIABLES'] = JSON.stringify(secret.map(({ name }) => name));
}

function addEndpoint(env: Record<string, string>, endpoint: ServiceEndpoint): void {
  const key = endpoint.id ?? 'SYSTEMVSSCONNECTION';
  const { parameters, scheme, data } = endpoint;
  env[`ENDPOINT_URL_${key}`] = endpoint.url;
  env[`ENDPOINT_AUTH_${key}`] = JSON.stringify({ parameters, scheme });
  env[`ENDPOINT_AUTH_SCHEME_${key}`] = scheme;
  for (const [name, value] of Object.entries(parameters)) {
    env[`ENDPOINT_AUTH_PARAMETER_${key}_${toEnvironmentName(name)}`] = value;
  }
  if (endpoint.id === null) return;
  env[`ENDPOINT_DATA_${key}`] = JSON.stringify(data);
  for (const [name, value] of Object.entries(data)) {
    env[`ENDPOINT_DATA_${key}_${toEnvironmentName(name)}`] = value;
  }
}

function prependPath(
  env: Record<string, string>,
  { prependedPath, process }: EnvironmentSources,
): void {
  if (prependedPath.length === 0) return;
  const before = env['PATH'] ?? process['PATH'];
  env['PATH'] = [...prependedPath, ...(before ? [before] : [])].join(':');
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
