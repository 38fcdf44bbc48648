import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';

/** A project as docker compose is asked for it. */
export interface OracleRequest {
  /** Working directory, absolute. */
  readonly dir: string;
  /** Behind `docker compose`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const answerSchema = v.object({
  stdout: v.string(),
  /** Warnings. */
  stderr: v.string(),
  error: v.optional(v.string()),
});

export type OracleAnswer = v.InferOutput<typeof answerSchema>;

/** Docker compose's own `config`, many projects in one process (toolchain/compose-oracle). */
export class ComposeOracle {
  readonly #process = spawn(toolPath('compose-oracle'), { stdio: ['pipe', 'pipe', 'inherit'] });
  readonly #waiting: ((answer: OracleAnswer) => void)[] = [];

  constructor() {
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      this.#waiting.shift()?.(v.parse(answerSchema, JSON.parse(line)));
    });
  }

  ask(request: OracleRequest): Promise<OracleAnswer> {
    return new Promise((resolve, reject) => {
      this.#process.once('exit', () => {
        reject(new Error('The oracle ended before it answered.'));
      });
      this.#waiting.push((answer) => {
        this.#process.removeAllListeners('exit');
        resolve(answer);
      });
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  stop(): void {
    this.#process.removeAllListeners('exit');
    this.#process.stdin.end();
  }
}
