import { runPostJob } from '../../src/io/pipeline/run-task.ts';
import { removeBuilder } from './remove-builder.ts';

runPostJob(removeBuilder);
