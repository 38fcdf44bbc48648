// Made from task.json by `npm run generate`: edit that file instead.
import type { InputSpecs } from '../../src/core/task/input-spec.ts';

export const taskInputs = {
  registry: { type: 'connectedService', required: false, defaultValue: '' },
  registryHost: { type: 'string', required: false, defaultValue: '' },
  repositories: { type: 'multiLine', required: true, defaultValue: '' },
  rules: { type: 'text', required: true, defaultValue: '' },
  dryRun: { type: 'boolean', required: false, defaultValue: 'true' },
  protectedTags: {
    type: 'multiLine',
    required: false,
    defaultValue: 'latest\nmain\nmaster\nrelease.*\nv?\\d+\\.\\d+\\.\\d+',
  },
  protectedImages: { type: 'multiLine', required: false, defaultValue: '' },
  protectedImagesFile: { type: 'string', required: false, defaultValue: '' },
  maxDeletePercent: { type: 'int', required: false, defaultValue: '50' },
  maxDeletes: { type: 'int', required: false, defaultValue: '0' },
  untagOnly: { type: 'boolean', required: false, defaultValue: 'false' },
  concurrency: { type: 'int', required: false, defaultValue: '8' },
} as const satisfies InputSpecs;
