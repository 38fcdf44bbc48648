import type { SourcePlace } from '../core/errors.ts';

/** A service connection as the agent hands it over (agent contract 1.4, row 7). */
export interface ServiceConnection {
  readonly id: string;
  readonly url: string;
  /** e.g. UsernamePassword, ServicePrincipal, None. */
  readonly scheme: string;
  /** Authorization parameter by name, any case; undefined when unset. Already masked by the agent. */
  parameter(name: string): string | undefined;
  /** Data field by name, e.g. registrytype; undefined when unset. */
  data(name: string): string | undefined;
}

/** The pipeline agent, seen from a task. */
export interface TaskHost {
  /** A pipeline variable, secret ones included; undefined when unset. */
  variable(name: string): string | undefined;
  /** A variable of the task's environment by its exact name, e.g. from the step's `env:`. */
  environment(name: string): string | undefined;
  serviceConnection(id: string): ServiceConnection | undefined;
  /** Absolute: Agent.TempDirectory. */
  readonly tempDirectory: string;

  /**
   * A line, or several with `\n` between them. Commands to the agent in it are made harmless: it may be a
   * build's or a container's.
   */
  info(line: string): void;
  debug(line: string): void;
  warning(message: string, place?: SourcePlace): void;
  error(message: string, place?: SourcePlace): void;
  /** The body's lines in one collapsible group. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
  progress(percent: number, what: string): void;

  /** Masks a value, and each of its lines, in everything printed from now on. */
  maskSecret(value: string): void;
  /** The text with every masked value replaced, for what the agent does not mask (attachments). */
  redact(text: string): string;
  /** An output variable of this step: `$(step.name)` for later steps. */
  setOutput(name: string, value: string, options?: { readonly secret?: boolean }): void;
  /** A job variable for later steps, e.g. BUILDX_BUILDER. */
  setVariable(name: string, value: string): void;
  /** Puts a folder at the front of PATH for later steps. */
  prependPath(folder: string): void;
  /** Kept between this step's main and post-job run only. */
  saveTaskVariable(name: string, value: string): void;
  taskVariable(name: string): string | undefined;

  /** Attaches a file to the step; the agent does not mask it. */
  attach(type: string, name: string, path: string): void;
  /** Adds a file to the logs that people download with the run; the agent does not mask it. */
  uploadFile(path: string): void;
  /** Publishes a file as an artifact of the run; only builds have some. */
  uploadArtifact(name: string, path: string): void;
  /** Shows a Markdown file on the run's Extensions tab. */
  uploadSummary(path: string): void;
}
