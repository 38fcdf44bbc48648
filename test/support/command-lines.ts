import { readdirSync, readFileSync } from 'node:fs';

const everyMs = 20;

/** Looks at the command lines of all processes, as `ps` shows them to every user, until it is stopped. */
export class CommandLineWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #texts: readonly string[];
  readonly #found = new Set<string>();
  /** How often it looked, so that a test knows that it did. */
  looks = 0;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#timer = setInterval(() => {
      this.#look();
    }, everyMs);
  }

  /** Command lines that held one of the texts. */
  stop(): readonly string[] {
    clearInterval(this.#timer);
    return [...this.#found];
  }

  #look(): void {
    this.looks += 1;
    for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const line = commandLine(pid);
      if (this.#texts.some((text) => line.includes(text))) this.#found.add(line);
    }
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
