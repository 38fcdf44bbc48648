import { runPostJob } from '../../src/io/pipeline/run-task.ts';
import { removeBuildFiles } from './remove-build-files.ts';

runPostJob(removeBuildFiles);
