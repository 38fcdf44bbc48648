import assert from 'node:assert/strict';
import { discardedPorts } from '../../../../src/core/podman/host-mode.ts';
import { projectOf } from '../../../support/compose-text.ts';

const discarded = (keys: string): readonly string[] =>
  projectOf(`services:\n  db: {image: x, ${keys}}`).services.flatMap(discardedPorts);

describe("a port of a service on the agent's own network", () => {
  it('is published nowhere else, which is news where the file names another one', () => {
    assert.deepEqual(discarded('network_mode: host, ports: ["5433:5432", "80:80", "90"]'), [
      '5433:5432',
    ]);
  });

  it('is no matter of services with a network of their own', () => {
    assert.deepEqual(discarded('ports: ["5433:5432"]'), []);
  });
});
