import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { nodeName } from './addresses.ts';

/** Who talks to the API server: the name of a kubeconfig, the user, and the group that grants its rights. */
const users = [
  { name: 'admin', user: 'admin', group: 'system:masters' },
  { name: 'manager', user: 'system:kube-controller-manager', group: '' },
  { name: 'scheduler', user: 'system:kube-scheduler', group: '' },
  { name: 'proxy', user: 'system:kube-proxy', group: '' },
  { name: 'kubelet', user: `system:node:${nodeName}`, group: 'system:nodes' },
] as const;

/** A program's kubeconfig. */
export type UserName = (typeof users)[number]['name'];

/**
 * Writes a token and a kubeconfig for each user, and the keys that sign the tokens of service accounts.
 * The certificate that kubeconfigs name is made by the API server when it starts.
 */
export async function writeCredentials(stateDir: string, nodeAddress: string): Promise<void> {
  const tokens = users.map((user) => ({ ...user, token: randomBytes(24).toString('hex') }));
  const rows = tokens.map(({ token, user, group }) => `${token},${user},${user},"${group}"\n`);
  await writeSecret(join(stateDir, 'tokens.csv'), rows.join(''));
  for (const { name, token } of tokens) {
    // The administrator's is used on the host, the others inside the node.
    const folder = name === 'admin' ? stateDir : '/run/cluster';
    const config = kubeconfig(`https://${nodeAddress}:6443`, join(folder, 'certificates'), token);
    await writeSecret(kubeconfigIn(stateDir, name), config);
  }
  const encoding = { format: 'pem' } as const;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { ...encoding, type: 'spki' },
    privateKeyEncoding: { ...encoding, type: 'pkcs1' },
  });
  await writeSecret(join(stateDir, 'accounts.key'), privateKey);
  await writeSecret(join(stateDir, 'accounts.pub'), publicKey);
}

/** Path of a user's kubeconfig. */
export function kubeconfigIn(folder: string, name: UserName): string {
  return join(folder, `${name}.kubeconfig`);
}

function kubeconfig(server: string, certificates: string, token: string): string {
  const cluster = { server, 'certificate-authority': join(certificates, 'apiserver.crt') };
  return stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'test' },
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  });
}

function writeSecret(path: string, text: string): Promise<void> {
  return writeFile(path, text, { mode: 0o600 });
}
