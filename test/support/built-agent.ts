import { bundleAgent, bundledAgent } from '../../scripts/lib/build/bundle-agent.ts';

let built: Promise<string> | undefined;

/** The local agent as one file, made of the current sources once per run of mocha. */
export function builtAgent(): Promise<string> {
  return (built ??= bundleAgent(process.cwd()).then(() => bundledAgent));
}
