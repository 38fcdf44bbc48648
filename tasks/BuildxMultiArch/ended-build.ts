import type { UsedContext } from '../../src/core/report/reported-contexts.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import type { BuildPlan } from './planned-parts.ts';
import type { BuildOutcome } from './run-build.ts';

/** A build that has ended, with what it was. */
export interface EndedBuild {
  readonly plan: BuildPlan;
  readonly builder: ChosenBuilder;
  readonly settings: BuildxSettings;
  readonly outcome: BuildOutcome;
  /** What the contexts held that were read. */
  readonly contexts: readonly UsedContext[];
}
