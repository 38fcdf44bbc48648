import assert from 'node:assert/strict';
import { SecretMasker } from '../../../../local-agent/agent/masker.ts';
import { VariableStore } from '../../../../local-agent/agent/variables.ts';

function store(
  values: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
): { variables: VariableStore; masker: SecretMasker } {
  const masker = new SecretMasker();
  const list = Object.entries(values).map(([name, value]) => ({
    name,
    value,
    isSecret: secrets.includes(name),
    isReadOnly: false,
  }));
  return { variables: new VariableStore(list, masker), masker };
}

describe('The variable store', () => {
  it('ignores the case of names', () => {
    assert.equal(store({ Name: 'x' }).variables.get('nAME'), 'x');
  });

  it('makes a variable secret that is made of a secret, and masks it', () => {
    const { variables, masker } = store({ url: 'https://x/?key=$(key)', key: 'hidden' }, ['key']);
    assert.equal(variables.all().find(({ name }) => name === 'url')?.isSecret, true);
    assert.equal(masker.mask('https://x/?key=hidden'), '***');
  });

  it('keeps a name secret once it was, with whatever value', () => {
    const { variables, masker } = store({ key: 'hidden' }, ['key']);
    variables.set('KEY', 'changed-value');
    assert.equal(masker.mask('changed-value'), '***');
    assert.equal(variables.all()[0]?.isSecret, true);
  });

  it('stores a value with a macro raw, and expands it when the next step starts', () => {
    const { variables } = store({ other: 'x' });
    variables.set('new', '$(other)');
    assert.equal(variables.get('new'), '$(other)');
    variables.recalculate();
    assert.equal(variables.get('new'), 'x');
  });

  it('leaves variables that end in themselves raw and says so', () => {
    const { variables } = store({ a: '$(b)', b: '<$(a)>', c: 'fine' });
    const warnings = variables.recalculate();
    assert.equal(variables.get('a'), '$(b)');
    assert.equal(variables.get('b'), '<$(a)>');
    assert.equal(variables.get('c'), 'fine');
    assert.equal(warnings.length, 2);
  });

  it('knows the read-only names of the agent, and those made read-only', () => {
    const { variables } = store({});
    variables.set('mine', '1', { isReadOnly: true });
    assert.ok(variables.isReadOnly('MINE'));
    assert.ok(variables.isReadOnly('Build.SourceVersion'));
    assert.ok(!variables.isReadOnly('Build.BuildId'));
  });
});
