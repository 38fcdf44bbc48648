// Made from task.json by `npm run generate`: edit that file instead.
import type { InputSpecs } from '../../src/core/task/input-spec.ts';

export const taskInputs = {
  endpoints: { type: 'multiLine', required: false, defaultValue: '' },
  caCert: { type: 'string', required: false, defaultValue: '' },
  clientCert: { type: 'string', required: false, defaultValue: '' },
  clientKey: { type: 'string', required: false, defaultValue: '' },
  serverName: { type: 'string', required: false, defaultValue: '' },
  connectTimeout: { type: 'int', required: false, defaultValue: '60' },
  builderName: { type: 'string', required: false, defaultValue: '' },
  setDefault: { type: 'boolean', required: false, defaultValue: 'true' },
  dryRun: { type: 'boolean', required: false, defaultValue: 'false' },
} as const satisfies InputSpecs;
