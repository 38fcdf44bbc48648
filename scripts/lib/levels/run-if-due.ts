import type { Log } from '../progress.ts';
import { cacheFolder } from '../toolchain/cache-folder.ts';
import { provideTools } from '../toolchain/provide-tools.ts';
import { toolNamed } from '../toolchain/tools.ts';
import type { Level } from './level.ts';
import { type LevelResult, runLevel } from './run-level.ts';

/**
 * Runs a level that is due, its tools provided first. One that is not due counts as skipped with its reason;
 * one whose tools cannot be had counts as failed, and the others go on.
 * @param asked its name stands on the command line
 */
export async function runIfDue(level: Level, asked: boolean, log: Log): Promise<LevelResult> {
  const { name, decide, tools = [] } = level;
  const none = { name, seconds: 0, passed: 0, failed: 0, skipped: 0, skippedTitles: [] };
  const decision = await decide?.(asked);
  if (decision !== undefined) log(`${name} ${told(decision)}`);
  if (decision?.runs === false) {
    return { ...none, skipped: 1, skippedTitles: [`${name}: ${decision.reason}`] };
  }
  try {
    await provideTools(tools.map(toolNamed), cacheFolder(), log);
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    return { ...none, failed: 1 };
  }
  return runLevel(level);
}

function told({ runs, reason }: { readonly runs: boolean; readonly reason: string }): string {
  return `${runs ? 'runs' : 'does not run'}: ${reason}`;
}
