import { generateKeyPairSync } from 'node:crypto';
import { checkCertificates } from '../../../src/core/buildkit/check-certificates.ts';
import { parseEndpointLines } from '../../../src/core/buildkit/endpoint-lines.ts';
import { type NamedNode, platformProblems } from '../../../src/core/buildkit/platform-problems.ts';
import { dnsProblem } from '../../../src/core/buildkit/replicas.ts';
import { replicaGroups } from '../../../src/core/buildkit/replica-groups.ts';
import type { Problem } from '../../../src/core/errors.ts';
import type { Parsed } from '../../../src/core/parsed.ts';
import samples from './certificate-samples.json' with { type: 'json' };

/** The first problem of each list of `endpoints`, then what DNS may say of one. */
export function addressProblems(): readonly Problem[] {
  const malformed = [
    ['buildkitd:1234'],
    ['https://buildkitd.ci:1234'],
    ['ssh://ci:secret@build-host'],
    ['tcp://a:1 tcp://b:1'],
    ['tcp://a:1 name=first', 'tcp://b:1 name=first'],
    ['tcp://a:1 platforms=linux/amd64', 'tcp://b:1'],
    ['tcp://a:1 platforms=linux/amd64', 'tcp://b:1 platforms=linux/amd64,linux/arm64'],
  ];
  return [...[[], ...malformed].map(problemOf), ...nameProblems()];
}

function problemOf(input: readonly string[]): Problem {
  const lines = parseEndpointLines({ input, connection: [], buildkitHost: undefined });
  return first(lines.ok ? replicaGroups(lines.value) : lines);
}

function nameProblems(): readonly Problem[] {
  const input = ['srv+tcp://_grpc._tcp.buildkitd.ci.svc.cluster.local'];
  const lines = parseEndpointLines({ input, connection: [], buildkitHost: undefined });
  const [line] = lines.ok ? lines.value : [];
  if (line === undefined) return [];
  return [
    dnsProblem(line, { kind: 'failed', code: 'ENOTFOUND' }),
    dnsProblem(line, { kind: 'found', records: [] }),
    dnsProblem(line, { kind: 'failed', code: 'ESERVFAIL' }),
  ];
}

/** What is found about certificates before any network is used; warnings have no cure of their own. */
export function certificateProblems(): readonly Problem[] {
  const { ca, caMadeAnew, client, server } = samples;
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const text = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const found = (authority: string, cert: string, keyText: string, at: string) =>
    checkCertificates({ ca: authority, client: { cert, key: keyText } }, Date.parse(at));
  const well = found(ca, client, text, '2026-06-25');
  const problems = [
    ...found('not PEM', client, text, '2026-03-01').problems.slice(0, 1),
    ...found(ca, client, text, '2026-08-01').problems.slice(0, 1),
    ...found(ca, client, text, '2025-12-01').problems.slice(0, 1),
    ...found(ca, server, text, '2026-03-01').problems,
    ...found(ca, client, '-----BEGIN ENCRYPTED PRIVATE KEY-----', '2026-03-01').problems,
    ...found(ca, client, 'not PEM', '2026-03-01').problems,
  ];
  const warnings = [
    ...well.warnings,
    ...found(caMadeAnew, client, text, '2026-03-01').warnings,
    ...found(server, client, text, '2026-03-01').warnings,
  ];
  return [...problems, ...warnings.map(asProblem)];
}

function asProblem(warning: string): Problem {
  const [where = '', ...rest] = warning.split(': ');
  return { where, what: rest.join(': '), change: 'A warning: the step goes on.' };
}

/** Platforms that a daemon lacks, and those that it only emulates. */
export function platformSamples(): readonly Problem[] {
  const node = { url: 'tcp://buildkitd.ci:1234', ofDaemon: ['linux/amd64', 'linux/arm64'] };
  const needs = (nodes: readonly NamedNode[], name: string, allowEmulation: boolean) => {
    const [os = '', architecture = ''] = name.split('/');
    return platformProblems(nodes, {
      platforms: [{ os, architecture, variant: '' }],
      allowEmulation,
    });
  };
  return [
    ...needs([{ ...node, declared: [] }], 'linux/s390x', true),
    ...needs([{ ...node, declared: ['linux/s390x'] }], 'linux/s390x', true),
    ...needs([{ ...node, declared: [] }], 'linux/arm64', false),
  ];
}

function first(result: Parsed<unknown>): Problem {
  const [problem] = result.ok ? [] : result.problems;
  if (problem === undefined) throw new Error('This sample has no problem.');
  return problem;
}
