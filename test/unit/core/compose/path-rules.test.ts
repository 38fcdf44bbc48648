import assert from 'node:assert/strict';
import { PathRules } from '../../../../src/core/compose/path-rules.ts';

describe('rules for places in a project', () => {
  const rules = new PathRules({
    'services.*.ports': 'any ports',
    'services.*.ports.*.target': 'any target',
    'services.db.ports': "the database's ports",
    'services.db.image': "the database's image",
  });
  const at = (path: string): string | undefined => rules.at(path.split('.'));

  it('hold at the very place', () => {
    assert.equal(at('services.web.ports'), 'any ports');
    assert.equal(at('services.web'), undefined);
    assert.equal(at('services.web.image'), undefined);
  });

  it('go by the name before the star', () => {
    assert.equal(at('services.db.ports'), "the database's ports");
  });

  it('of a star hold below a name as well', () => {
    assert.equal(at('services.db.ports.0.target'), 'any target');
  });

  it('end where nothing below has one, so that a walk can stop', () => {
    assert.equal(rules.below('networks'), undefined);
    assert.equal(rules.below('services')?.below('web')?.below('image'), undefined);
    assert.notEqual(rules.below('services')?.below('db')?.below('image'), undefined);
  });
});
