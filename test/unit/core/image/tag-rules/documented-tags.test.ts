import assert from 'node:assert/strict';
import { readTagLine } from '../../../../../src/core/image/naming-lines.ts';
import { applyRules } from '../../../../../src/core/image/tag-rules/apply-rules.ts';
import { plainFlavor } from '../../../../../src/core/image/tag-rules/flavor.ts';
import { documentedTags } from '../../../../support/documented-tags.ts';
import { factsOf } from '../../../../support/tag-runs.ts';

describe("docker/metadata-action's documented examples", () => {
  for (const { run, rules, tags } of documentedTags) {
    const ref = run['Build.SourceBranch'] ?? '';
    it(`${ref}, ${rules.join(' ')} -> ${tags.join(', ') || 'nothing'}`, () => {
      const read = rules.map(readTagLine).map((line) => {
        assert.ok(line.ok && 'type' in line.value, JSON.stringify(line));
        return line.value;
      });
      assert.deepEqual(applyRules(read, plainFlavor, factsOf(run)).tags, tags);
    });
  }
});
