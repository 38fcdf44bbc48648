import assert from 'node:assert/strict';
import { exampleStep } from '../../../../../scripts/lib/generate/example-step.ts';
import { inputsModule } from '../../../../../scripts/lib/generate/inputs-module.ts';
import { referenceIndex } from '../../../../../scripts/lib/generate/reference-index.ts';
import { referencePage } from '../../../../../scripts/lib/generate/reference-page.ts';
import { exampleTask, input } from '../../../../support/example-task.ts';

const task = { name: 'ExampleTask', folder: 'tasks/ExampleTask', json: exampleTask };
const withInputs = (...inputs: ReturnType<typeof input>[]) => ({
  ...task,
  json: { ...exampleTask, inputs },
});

describe('inputs.generated.ts', () => {
  it('holds the literal spec of each input', async () => {
    const text = await inputsModule(task);
    const lines = [
      "repository: { type: 'string', required: true, defaultValue: '' },",
      "load: { type: 'pickList', required: false, defaultValue: 'none', options: ['none', 'podman'] },",
      "registries: { type: 'connectedService', required: false, defaultValue: '', several: true },",
      "dryRun: { type: 'boolean', required: false, defaultValue: 'false' },",
    ];
    for (const line of lines) assert.ok(text.includes(line), line);
  });

  it('takes a pickList with editable options for text', async () => {
    const options = { a: 'A' };
    const properties = { EditableOptions: 'True' as const };
    const text = await inputsModule(
      withInputs(input('x', { type: 'pickList', options, properties })),
    );
    assert.ok(text.includes("x: { type: 'string', required: false, defaultValue: '' }"));
  });
});

describe('the reference page of a task', () => {
  it('lists inputs by the groups of the editor, with aliases, types and defaults', async () => {
    const page = await referencePage(task);
    const rows = page.split('\n').map((line) => line.replace(/\s+/g, ' '));
    const expected = [
      '| `repository`<br>or `containerRepository` | text | **required** | What repository means. |',
      '| `load` | `none`, `podman` | `none` | What load means. |',
      '| `registries` | service connections (dockerregistry) | | What registries means. |',
      '| `digest` | Digest of the image. |',
    ];
    for (const row of expected) assert.ok(rows.includes(row), row);
    assert.ok(page.indexOf('## Advanced') < page.indexOf('`dryRun` '));
  });

  it('keeps bars and line ends of help texts inside their cell', async () => {
    const page = await referencePage(withInputs(input('a', { helpMarkDown: 'x | y\nz' })));
    assert.ok(page.includes('x \\| y<br>z'));
  });

  it('is listed in the index', async () => {
    assert.ok((await referenceIndex([task])).includes('[ExampleTask@1](ExampleTask.md)'));
  });
});

describe('the example of a step', () => {
  it('gives what must be given, and shows the rest with its defaults as comments', () => {
    const { json } = withInputs(
      input('tags', { type: 'multiLine', defaultValue: 'a\nb' }),
      input('registry', { type: 'connectedService:dockerregistry', required: true }),
    );
    assert.deepEqual(exampleStep(json).split('\n').slice(1, -1), [
      '- task: ExampleTask@1',
      '  inputs:',
      '    # tags: |',
      '    #   a',
      '    #   b',
      '    registry: my-connection',
    ]);
  });
});
