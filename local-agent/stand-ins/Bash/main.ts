import { runScript } from '../run-bash.ts';

runScript([]);
