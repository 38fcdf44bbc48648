import type { SecretMasker } from './masker.ts';

/** Where masked lines go. */
export type LineSink = (line: string) => void;

/** The agent's log of one job: every line is masked, one at a time. */
export class JobLog {
  private readonly sink: LineSink;
  private readonly masker: SecretMasker;
  /** Set from `System.Debug`; without it debug lines are dropped. */
  debugEnabled = false;

  constructor(sink: LineSink, masker: SecretMasker) {
    this.sink = sink;
    this.masker = masker;
  }

  write(text: string): void {
    for (const line of text.split(/\r\n|\r|\n/)) this.sink(this.masker.mask(line));
  }

  section(text: string): void {
    this.write(`##[section]${text}`);
  }

  error(text: string): void {
    this.write(`##[error]${text}`);
  }

  warning(text: string): void {
    this.write(`##[warning]${text}`);
  }

  debug(text: string): void {
    if (this.debugEnabled) this.write(`##[debug]${text}`);
  }
}
