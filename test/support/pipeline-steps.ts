import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';

/** A `- task:` of a pipeline, as somebody wrote it. */
export interface WrittenStep {
  /** The file it stands in. */
  readonly file: string;
  /** Such as `PodmanServices@1`. */
  readonly task: string;
  readonly inputs: readonly string[];
}

/** The task steps of a YAML file, or of every `yaml` block of a Markdown file. */
export async function writtenSteps(file: string): Promise<readonly WrittenStep[]> {
  const text = await readFile(file, 'utf8');
  const blocks = file.endsWith('.md')
    ? [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map(([, block = '']) => block)
    : [text];
  return blocks.flatMap((block) =>
    parseAllDocuments(block).flatMap((document) => stepsIn(document.toJS(), file)),
  );
}

function stepsIn(node: unknown, file: string): readonly WrittenStep[] {
  if (Array.isArray(node)) return node.flatMap((item) => stepsIn(item, file));
  if (typeof node !== 'object' || node === null) return [];
  const { task, inputs } = node as { readonly task?: unknown; readonly inputs?: unknown };
  if (typeof task !== 'string') {
    return Object.values(node).flatMap((value) => stepsIn(value, file));
  }
  const names = typeof inputs === 'object' && inputs !== null ? Object.keys(inputs) : [];
  return [{ file, task, inputs: names }];
}
