// Made from task.json by `npm run generate`: edit that file instead.
import type { InputSpecs } from '../../src/core/task/input-spec.ts';

export const taskInputs = {
  repository: { type: 'multiLine', required: false, defaultValue: '' },
  tags: { type: 'multiLine', required: false, defaultValue: '$(Build.BuildId)' },
  flavor: { type: 'multiLine', required: false, defaultValue: '' },
  labels: { type: 'multiLine', required: false, defaultValue: '' },
  annotations: { type: 'multiLine', required: false, defaultValue: '' },
  addPipelineData: { type: 'boolean', required: false, defaultValue: 'true' },
  pullRequestCommit: {
    type: 'pickList',
    required: false,
    defaultValue: 'merge',
    options: ['merge', 'source'],
  },
  registries: { type: 'connectedService', required: false, defaultValue: '', several: true },
  platforms: { type: 'string', required: false, defaultValue: '' },
  push: { type: 'boolean', required: false, defaultValue: 'true' },
  context: { type: 'string', required: false, defaultValue: '' },
  dockerfile: { type: 'filePath', required: false, defaultValue: '' },
  target: { type: 'string', required: false, defaultValue: '' },
  buildArgs: { type: 'multiLine', required: false, defaultValue: '' },
  secrets: { type: 'multiLine', required: false, defaultValue: '' },
  cacheRepository: { type: 'string', required: false, defaultValue: '' },
  cacheExport: {
    type: 'pickList',
    required: false,
    defaultValue: 'withPush',
    options: ['withPush', 'off'],
  },
  defaultBranch: { type: 'string', required: false, defaultValue: '' },
  strategy: {
    type: 'pickList',
    required: false,
    defaultValue: 'auto',
    options: ['auto', 'single', 'perPlatform'],
  },
  provenance: {
    type: 'pickList',
    required: false,
    defaultValue: 'min',
    options: ['none', 'min', 'max'],
  },
  retries: { type: 'int', required: false, defaultValue: '2' },
  stallTimeout: { type: 'int', required: false, defaultValue: '600' },
  builder: { type: 'string', required: false, defaultValue: '' },
  dryRun: { type: 'boolean', required: false, defaultValue: 'false' },
} as const satisfies InputSpecs;
