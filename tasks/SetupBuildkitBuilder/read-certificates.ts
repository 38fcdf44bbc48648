import { checkCertificates } from '../../src/core/buildkit/check-certificates.ts';
import type { PemSource, TlsMaterial, TlsSources } from '../../src/core/buildkit/tls-material.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import { secretPemLines } from '../../src/core/pem/pem.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

type Ports = Pick<TaskPorts, 'host' | 'files' | 'clock'>;
type ClientPair = TlsMaterial['client'];

/** Reads the PEM files, masks the key, and checks all that can be checked without the network. */
export async function readCertificates(
  { ca, client, serverName }: TlsSources,
  ports: Ports,
): Promise<Parsed<TlsMaterial>> {
  const authority = await read('caCert', ca, ports);
  const pair = client === undefined ? parsed(undefined) : await readPair(client, ports);
  if (!authority.ok || !pair.ok) return rejected(...problemsOf([authority, pair]));
  const material: TlsMaterial = {
    ca: authority.value,
    ...(pair.value === undefined ? {} : { client: pair.value }),
    ...(serverName === undefined ? {} : { serverName }),
  };
  const { problems, warnings } = checkCertificates(material, ports.clock.now());
  warnings.forEach((warning) => {
    ports.host.warning(warning);
  });
  return problems.length > 0 ? rejected(...problems) : parsed(material);
}

async function readPair(
  sources: NonNullable<TlsSources['client']>,
  ports: Ports,
): Promise<Parsed<ClientPair>> {
  const cert = await read('clientCert', sources.cert, ports);
  const key = await read('clientKey', sources.key, ports);
  if (!cert.ok || !key.ok) return rejected(...problemsOf([cert, key]));
  secretPemLines(key.value).forEach((line) => {
    ports.host.maskSecret(line);
  });
  return parsed({ cert: cert.value, key: key.value });
}

async function read(where: string, source: PemSource, { files }: Ports): Promise<Parsed<string>> {
  if (source.kind === 'text') return parsed(source.pem);
  try {
    const text = await files.readText(source.path);
    if (text !== undefined) return parsed(text);
    return rejected({ where, ...missingFile(source) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const what = `The file ${source.path} cannot be read (${why}).`;
    return rejected({ where, what, change: "Let the agent's user read it." });
  }
}

function missingFile({ path, secureFile }: Extract<PemSource, { readonly kind: 'file' }>) {
  if (secureFile === undefined) {
    const what = `Expected PEM text or a file, but there is no file ${path}.`;
    return { what, change: 'Correct the path, or give the PEM text itself.' };
  }
  const what = `This job has not downloaded the secure file "${secureFile}".`;
  const step = `Add the task DownloadSecureFile@1 with secureFile: ${secureFile} before this step`;
  return { what, change: `${step}, and check the name.` };
}
