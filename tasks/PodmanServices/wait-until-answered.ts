import { type HttpWait, type TlsWait, describeHttp } from '../../src/core/health/wait.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { bracketed, reachableHost } from '../../src/core/podman/publish.ts';
import type { HttpOutcome, Trust } from '../../src/ports/http-client.ts';
import { lookUntil } from './look-until.ts';
import type { Brake, StepContext } from './step-context.ts';

const answerWithinMs = 2_000;

/**
 * Resolves when the service answers as asked for, with the requests it took.
 * @throws ServiceFailedError when it ends, or takes longer than it may
 */
export function waitUntilAnswered(
  plan: ContainerPlan,
  wait: HttpWait,
  state: Pick<ContainerState, 'startedAt' | 'ports'>,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const scheme = wait.tls === undefined ? 'http' : 'https';
  const url = `${scheme}://${addressOf(wait.port, state)}${wait.path}`;
  const look = async (): Promise<string | undefined> => {
    const trust = wait.tls && { trust: await trustOf(wait.tls, context) };
    const request = { method: 'GET', url, limitMs: answerWithinMs, ...trust } as const;
    const outcome = await context.ports.http.send(request);
    if (outcome.kind === 'failed') return `${describeHttp(wait)}: ${explained(outcome)}`;
    return isGood(outcome.status, wait) ? undefined : `${url} answered ${outcome.status}`;
  };
  return lookUntil({ plan, startedAt: state.startedAt, look, everyMs: 500 }, brake, context);
}

/** It is reached by its address, which no certificate is for. */
async function trustOf(
  { insecure, ca, serverName = 'localhost' }: TlsWait,
  { ports }: StepContext,
): Promise<Trust> {
  const text = ca === undefined ? undefined : await ports.files.readText(ca);
  return {
    ...{ checkCertificates: !insecure, serverName },
    ...(text === undefined ? {} : { ca: text }),
  };
}

/** Codes of Node's TLS (nodejs.org/api/tls.html, X509 certificate error codes), with the way out. */
function explained({ code, message }: Extract<HttpOutcome, { kind: 'failed' }>): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `${message} (tls.serverName says the name)`;
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/.test(code)) {
    return `${message} (tls.ca names the authority, tls: insecure takes every certificate)`;
  }
  return /WRONG_VERSION_NUMBER/.test(code) ? `${message} (the server speaks plain HTTP)` : message;
}

/** On the agent's own network a service is reached under the port that it listens on. */
function addressOf(port: number, { ports }: Pick<ContainerState, 'ports'>): string {
  const published = ports.find(({ container }) => container === `${port}/tcp`);
  if (published === undefined) return `127.0.0.1:${port}`;
  return `${bracketed(reachableHost(published.hostIp))}:${published.hostPort}`;
}

function isGood(status: number, wait: HttpWait): boolean {
  if (wait.status !== undefined) return status === wait.status;
  return status >= 200 && status < 400;
}
