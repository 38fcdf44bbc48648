import { execa } from 'execa';
import getPort from 'get-port';

/** An address whose packets the kernel drops on the way: no refusal ever comes back. */
export interface BlackHole {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

export async function makeBlackHole(): Promise<BlackHole> {
  const port = await getPort({ host: '127.0.0.1' });
  const rule = ['OUTPUT', '-o', 'lo', '-p', 'tcp', '--dport', String(port), '-j', 'DROP'];
  await execa('iptables', ['-A', ...rule]);
  return {
    url: `tcp://127.0.0.1:${port}`,
    remove: async () => {
      await execa('iptables', ['-D', ...rule]);
    },
  };
}
