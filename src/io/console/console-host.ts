import type { SourcePlace } from '../../core/errors.ts';
import { redactor } from '../../core/text/redact.ts';
import type { ServiceConnection, TaskHost } from '../../ports/task-host.ts';

/** A person's console, or a start script's: a task's workflow runs here without an agent around it. */
export class ConsoleHost implements TaskHost {
  readonly tempDirectory: string;
  /** What the workflow gave to later steps, by name. */
  readonly outputs = new Map<string, string>();
  readonly variables = new Map<string, string>();
  readonly #taskVariables = new Map<string, string>();
  readonly #masked: string[] = [];
  readonly #agentVariables: Readonly<Record<string, string>>;

  /** @param agentVariables what an agent would tell, by names such as `Agent.OSArchitecture` */
  constructor(tempDirectory: string, agentVariables: Readonly<Record<string, string>>) {
    this.tempDirectory = tempDirectory;
    this.#agentVariables = agentVariables;
  }

  variable(name: string): string | undefined {
    return this.#agentVariables[name] ?? this.environment(name);
  }

  environment(name: string): string | undefined {
    return process.env[name];
  }

  serviceConnection(): ServiceConnection | undefined {
    return undefined;
  }

  info(line: string): void {
    process.stdout.write(`${this.redact(line)}\n`);
  }

  debug(): void {
    return;
  }

  warning(message: string, place?: SourcePlace): void {
    this.#complain('warning', message, place);
  }

  error(message: string, place?: SourcePlace): void {
    this.#complain('error', message, place);
  }

  group<T>(title: string, body: () => Promise<T>): Promise<T> {
    this.info(`${title}:`);
    return body();
  }

  progress(): void {
    return;
  }

  maskSecret(value: string): void {
    this.#masked.push(value);
  }

  redact(text: string): string {
    return redactor(this.#masked)(text);
  }

  setOutput(name: string, value: string): void {
    this.outputs.set(name, value);
  }

  setVariable(name: string, value: string): void {
    this.variables.set(name, value);
  }

  prependPath(folder: string): void {
    this.info(`Put ${folder} on the agent's PATH: scripts find buildx there.`);
  }

  saveTaskVariable(name: string, value: string): void {
    this.#taskVariables.set(name, value);
  }

  taskVariable(name: string): string | undefined {
    return this.#taskVariables.get(name);
  }

  attach(): void {
    return;
  }

  uploadFile(): void {
    // There is no run whose logs it could join.
  }

  uploadArtifact(): void {
    return;
  }

  uploadSummary(): void {
    return;
  }

  #complain(kind: string, message: string, place: SourcePlace | undefined): void {
    const where = place === undefined ? '' : `${place.path}:${place.line ?? 1}: `;
    process.stderr.write(`${kind}: ${where}${this.redact(message)}\n`);
  }
}
