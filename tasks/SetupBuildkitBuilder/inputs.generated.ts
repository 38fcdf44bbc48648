// Made from task.json by `npm run generate`: edit that file instead.
import type { InputSpecs } from '../../src/core/task/input-spec.ts';

export const taskInputs = {
  driver: {
    type: 'pickList',
    required: false,
    defaultValue: 'remote',
    options: ['remote', 'kubernetes'],
  },
  endpoints: { type: 'multiLine', required: false, defaultValue: '' },
  caCert: { type: 'string', required: false, defaultValue: '' },
  clientCert: { type: 'string', required: false, defaultValue: '' },
  clientKey: { type: 'string', required: false, defaultValue: '' },
  serverName: { type: 'string', required: false, defaultValue: '' },
  namespace: { type: 'string', required: false, defaultValue: '' },
  replicas: { type: 'int', required: false, defaultValue: '1' },
  requests: { type: 'multiLine', required: false, defaultValue: '' },
  limits: { type: 'multiLine', required: false, defaultValue: '' },
  nodeSelector: { type: 'multiLine', required: false, defaultValue: '' },
  tolerations: { type: 'multiLine', required: false, defaultValue: '' },
  rootless: { type: 'boolean', required: false, defaultValue: 'false' },
  volumeSize: { type: 'string', required: false, defaultValue: '' },
  image: { type: 'string', required: false, defaultValue: '' },
  buildxVersion: { type: 'string', required: false, defaultValue: '' },
  buildxSource: { type: 'string', required: false, defaultValue: '' },
  connectTimeout: { type: 'int', required: false, defaultValue: '60' },
  builderName: { type: 'string', required: false, defaultValue: '' },
  setDefault: { type: 'boolean', required: false, defaultValue: 'true' },
  dryRun: { type: 'boolean', required: false, defaultValue: 'false' },
} as const satisfies InputSpecs;
