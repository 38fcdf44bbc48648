import { runPostJob } from '../../src/io/pipeline/run-task.ts';
import { stopServices } from './stop-services.ts';

runPostJob(stopServices);
