import type { BuildReport } from '../../src/core/report/build-report.ts';
import type { ChosenBuilder } from './choose-builder.ts';

interface UsedBuilder {
  readonly builder: Pick<ChosenBuilder, 'name' | 'nodes'>;
  readonly buildxVersion: string;
}

/** Without the options of its nodes: they name the certificates on the agent. */
export function reportedBuilder({ builder, buildxVersion }: UsedBuilder): BuildReport['builder'] {
  const nodes = builder.nodes.map(({ endpoint, buildkitVersion }) => ({
    ...{ endpoint, buildkitVersion },
  }));
  return { name: builder.name, nodes, buildxVersion };
}
