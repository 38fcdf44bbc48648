import assert from 'node:assert/strict';
import { selectNode } from '../../../../local-agent/agent/node-binaries.ts';
import { parseTaskDefinition } from '../../../../local-agent/agent/task-definition.ts';
import { banner } from '../../../../local-agent/agent/task-banner.ts';

const BINARIES = { node20: '/20', node24: '/24', chosen: null };

function nodeFor(handler: string, knobs: Readonly<Record<string, string>> = {}): string {
  return selectNode(handler, BINARIES, (name) => knobs[name]);
}

describe('A task definition', () => {
  it('offers its newest handler, whatever the order in the file', () => {
    const { stages } = parseTaskDefinition({
      execution: { Node16: { target: 'a' }, Node20_1: { target: 'b' }, Node24: { target: 'c' } },
    });
    assert.equal(stages.main?.handler?.name, 'Node24');
    assert.equal(stages.main.handler.target, 'c');
  });

  it('tells a missing block from one that has nothing for Linux', () => {
    const { stages } = parseTaskDefinition({ execution: { PowerShell3: { target: 'x.ps1' } } });
    assert.deepEqual(stages.main, { handler: null });
    assert.equal(stages.pre, null);
  });

  it('is read leniently, as the agent does', () => {
    const definition = parseTaskDefinition({
      version: { Major: '2', Minor: 1 },
      inputs: [{ name: ' a ' }],
    });
    assert.equal(definition.version, '2.1.0');
    assert.deepEqual(definition.inputs, [{ name: 'a', type: '', defaultValue: '' }]);
    assert.deepEqual(definition.restrictions, { restricted: false, settableVariables: null });
  });

  it('shows itself in the banner', () => {
    const lines = banner(
      parseTaskDefinition({ name: 'X', version: { Major: 1, Minor: 0, Patch: 0 } }),
    );
    assert.equal(lines[1], 'Task         : X');
    assert.equal(lines[3], 'Version      : 1.0.0');
  });
});

describe('The choice of Node', () => {
  it('is 20 for a Node24 handler while the gate is closed', () => {
    assert.equal(nodeFor('Node24'), '/20');
    assert.equal(nodeFor('Node20_1'), '/20');
  });

  it('is 24 for a Node24 handler when the gate is open, and 20 for others', () => {
    const open = { AGENT_USE_NODE24_WITH_HANDLER_DATA: 'True' };
    assert.equal(nodeFor('Node24', open), '/24');
    assert.equal(nodeFor('Node20_1', open), '/20');
  });

  it('follows the global overrides, 24 before 20', () => {
    assert.equal(nodeFor('Node16', { AGENT_USE_NODE20_1: 'true' }), '/20');
    assert.equal(
      nodeFor('Node20_1', { AGENT_USE_NODE24: 'true', AGENT_USE_NODE20_1: 'true' }),
      '/24',
    );
  });

  it('is what the user chose, above all', () => {
    assert.equal(
      selectNode('Node16', { ...BINARIES, chosen: '/mine' }, () => undefined),
      '/mine',
    );
  });

  it('names what is missing', () => {
    assert.throws(() => nodeFor('Node10'), /only the handler Node10/);
    assert.throws(
      () => selectNode('Node20_1', { ...BINARIES, node20: null }, () => undefined),
      /Node 20 is not installed: run npm install/,
    );
  });
});
