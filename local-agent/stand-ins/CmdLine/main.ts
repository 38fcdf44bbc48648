import { runScript } from '../run-bash.ts';

runScript(['--noprofile', '--norc']);
