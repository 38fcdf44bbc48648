// Made from task.json by `npm run generate`: edit that file instead.
import type { InputSpecs } from '../../src/core/task/input-spec.ts';

export const taskInputs = {
  command: {
    type: 'pickList',
    required: false,
    defaultValue: 'up',
    options: ['up', 'down', 'logs', 'doctor'],
  },
  composeFile: { type: 'multiLine', required: false, defaultValue: '' },
  environment: { type: 'multiLine', required: false, defaultValue: '' },
  profiles: { type: 'multiLine', required: false, defaultValue: '' },
  envFile: { type: 'multiLine', required: false, defaultValue: '' },
  projectDirectory: { type: 'filePath', required: false, defaultValue: '' },
  projectName: { type: 'string', required: false, defaultValue: '' },
  testService: { type: 'string', required: false, defaultValue: '' },
  testResults: { type: 'multiLine', required: false, defaultValue: '' },
  registries: { type: 'connectedService', required: false, defaultValue: '', several: true },
  pull: {
    type: 'pickList',
    required: false,
    defaultValue: 'missing',
    options: ['missing', 'always', 'never'],
  },
  registryMirror: { type: 'string', required: false, defaultValue: '' },
  ports: {
    type: 'pickList',
    required: false,
    defaultValue: 'random',
    options: ['random', 'asDeclared'],
  },
  bindAddress: { type: 'string', required: false, defaultValue: '127.0.0.1' },
  waitTimeout: { type: 'int', required: false, defaultValue: '120' },
  overallTimeout: { type: 'int', required: false, defaultValue: '600' },
  maxParallel: { type: 'int', required: false, defaultValue: '2' },
  logs: {
    type: 'pickList',
    required: false,
    defaultValue: 'onFailure',
    options: ['always', 'onFailure', 'never'],
  },
  logFolder: { type: 'string', required: false, defaultValue: '' },
  keepOnFailure: { type: 'boolean', required: false, defaultValue: 'false' },
  podmanPath: { type: 'string', required: false, defaultValue: '' },
  podmanArguments: { type: 'multiLine', required: false, defaultValue: '' },
  stopTimeout: { type: 'int', required: false, defaultValue: '2' },
  dryRun: { type: 'boolean', required: false, defaultValue: 'false' },
} as const satisfies InputSpecs;
