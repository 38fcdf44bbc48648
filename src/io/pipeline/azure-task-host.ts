import tl from 'azure-pipelines-task-lib/task.js';
import type { SourcePlace } from '../../core/errors.ts';
import { neutralise } from '../../core/text/neutralise.ts';
import { redactor } from '../../core/text/redact.ts';
import type { ServiceConnection, TaskHost } from '../../ports/task-host.ts';
import { serviceConnection } from './service-connection.ts';

/** The agent, through the unmodified task-lib, which has emptied the environment of secrets by now. */
export class AzureTaskHost implements TaskHost {
  readonly tempDirectory = tl.getVariable('Agent.TempDirectory') ?? '/tmp';
  readonly #masked: string[] = tl
    .getVariables()
    .filter((variable) => variable.secret)
    .map((variable) => variable.value);

  variable(name: string): string | undefined {
    return tl.getVariable(name);
  }

  environment(name: string): string | undefined {
    return process.env[name];
  }

  serviceConnection(id: string): ServiceConnection | undefined {
    return serviceConnection(id);
  }

  info(line: string): void {
    print(neutralise(line));
  }

  debug(line: string): void {
    tl.debug(neutralise(line));
  }

  warning(message: string, place?: SourcePlace): void {
    logIssue(tl.IssueType.Warning, message, place);
  }

  error(message: string, place?: SourcePlace): void {
    logIssue(tl.IssueType.Error, message, place);
  }

  async group<T>(title: string, body: () => Promise<T>): Promise<T> {
    print(`##[group]${neutralise(title)}`);
    try {
      return await body();
    } finally {
      print('##[endgroup]');
    }
  }

  progress(percent: number, what: string): void {
    tl.setProgress(percent, what);
  }

  maskSecret(value: string): void {
    const lines = value.split(/\r\n|\r|\n/);
    lines.filter(isWorthMasking).forEach((line) => {
      tl.setSecret(line);
    });
    this.#masked.push(value);
  }

  redact(text: string): string {
    return redactor(this.#masked)(text);
  }

  setOutput(name: string, value: string, options?: { readonly secret?: boolean }): void {
    tl.setVariable(name, value, options?.secret ?? false, true);
  }

  setVariable(name: string, value: string): void {
    tl.setVariable(name, value);
  }

  prependPath(folder: string): void {
    tl.prependPath(folder);
  }

  saveTaskVariable(name: string, value: string): void {
    tl.setTaskVariable(name, value);
  }

  taskVariable(name: string): string | undefined {
    return tl.getTaskVariable(name);
  }

  attach(type: string, name: string, path: string): void {
    tl.addAttachment(type, name, path);
  }

  uploadFile(path: string): void {
    tl.uploadFile(path);
  }

  uploadArtifact(name: string, path: string): void {
    tl.uploadArtifact(name, path, name);
  }

  uploadSummary(path: string): void {
    tl.uploadSummary(path);
  }
}

/** The lone brackets of a JSON secret would star out every log; the redactor has the same limit. */
function isWorthMasking(line: string): boolean {
  return line.trim().length >= 3;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function logIssue(type: tl.IssueType, message: string, place: SourcePlace = { path: '' }): void {
  const { path, line, code } = place;
  tl.logIssue(type, neutralise(message), path === '' ? undefined : path, line, undefined, code);
}
