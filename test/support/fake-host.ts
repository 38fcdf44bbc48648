import type { SourcePlace } from '../../src/core/errors.ts';
import { neutralise } from '../../src/core/text/neutralise.ts';
import { redactor } from '../../src/core/text/redact.ts';
import type { ServiceConnection, TaskHost } from '../../src/ports/task-host.ts';

/** What the fake host starts with; names of variables are those of the agent, any case. */
export interface FakeHostSettings {
  readonly variables?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly connections?: readonly ServiceConnection[];
  readonly tempDirectory?: string;
}

/** Stands for the agent in unit tests of workflows: keeps all a task told it. */
export class FakeHost implements TaskHost {
  readonly tempDirectory: string;
  /** Every line in order; `##[group]`, `##[warning]`, `##[error]` and `##[debug]` before those kinds. */
  readonly lines: string[] = [];
  readonly outputs = new Map<string, string>();
  readonly variables = new Map<string, string>();
  readonly taskVariables = new Map<string, string>();
  readonly masked: string[] = [];
  readonly attachments: { readonly type: string; readonly name: string; readonly path: string }[] =
    [];
  readonly artifacts: { readonly name: string; readonly path: string }[] = [];
  readonly summaries: string[] = [];
  readonly uploads: string[] = [];
  /** Folders for later steps' PATH, in order. */
  readonly paths: string[] = [];
  /** Of the warnings and errors that have one, in order. */
  readonly places: SourcePlace[] = [];
  readonly #environment: Readonly<Record<string, string>>;
  readonly #given: ReadonlyMap<string, string>;
  readonly #connections: readonly ServiceConnection[];

  constructor(settings: FakeHostSettings = {}) {
    this.tempDirectory = settings.tempDirectory ?? '/agent/_temp';
    this.#environment = settings.environment ?? {};
    this.#connections = settings.connections ?? [];
    const given = Object.entries(settings.variables ?? {});
    this.#given = new Map(given.map(([name, value]) => [name.toLowerCase(), value]));
  }

  /** The warnings alone, in order. */
  get warnings(): readonly string[] {
    return this.lines.flatMap((line) => /^##\[warning\](.*)$/s.exec(line)?.[1] ?? []);
  }

  variable(name: string): string | undefined {
    return this.variables.get(name) ?? this.#given.get(name.toLowerCase());
  }

  environment(name: string): string | undefined {
    return this.#environment[name];
  }

  serviceConnection(id: string): ServiceConnection | undefined {
    return this.#connections.find((connection) => connection.id === id);
  }

  info(line: string): void {
    this.lines.push(...neutralise(line).split('\n'));
  }

  debug(line: string): void {
    this.lines.push(`##[debug]${line}`);
  }

  warning(message: string, place?: SourcePlace): void {
    this.lines.push(`##[warning]${message}`);
    if (place !== undefined) this.places.push(place);
  }

  error(message: string, place?: SourcePlace): void {
    this.lines.push(`##[error]${message}`);
    if (place !== undefined) this.places.push(place);
  }

  async group<T>(title: string, body: () => Promise<T>): Promise<T> {
    this.lines.push(`##[group]${title}`);
    try {
      return await body();
    } finally {
      this.lines.push('##[endgroup]');
    }
  }

  progress(percent: number, what: string): void {
    this.lines.push(`##[debug]progress ${percent} ${what}`);
  }

  maskSecret(value: string): void {
    this.masked.push(value);
  }

  redact(text: string): string {
    return redactor(this.masked)(text);
  }

  setOutput(name: string, value: string): void {
    this.outputs.set(name, value);
  }

  setVariable(name: string, value: string): void {
    this.variables.set(name, value);
  }

  prependPath(folder: string): void {
    this.paths.push(folder);
  }

  saveTaskVariable(name: string, value: string): void {
    this.taskVariables.set(name, value);
  }

  taskVariable(name: string): string | undefined {
    return this.taskVariables.get(name);
  }

  attach(type: string, name: string, path: string): void {
    this.attachments.push({ type, name, path });
  }

  uploadFile(path: string): void {
    this.uploads.push(path);
  }

  uploadArtifact(name: string, path: string): void {
    this.artifacts.push({ name, path });
  }

  uploadSummary(path: string): void {
    this.summaries.push(path);
  }
}
