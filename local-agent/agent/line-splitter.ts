import { StringDecoder } from 'node:string_decoder';

/** Cuts a byte stream into lines as .NET's reader does: LF, CR and CRLF each end one. */
export class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private pending = '';
  private readonly onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.onLine = onLine;
  }

  write(chunk: Buffer): void {
    this.pending += this.decoder.write(chunk);
    // A CR at the very end may be the first half of a CRLF.
    const lines = this.pending.split(/\r\n|\n|\r(?!$)/);
    this.pending = lines.pop() ?? '';
    for (const line of lines) this.onLine(line);
  }

  /** The stream is over: what is left without a line end is a line too. */
  end(): void {
    const rest = (this.pending + this.decoder.end()).replace(/\r$/, '');
    if (this.pending !== '') this.onLine(rest);
    this.pending = '';
  }
}
