import assert from 'node:assert/strict';
import { describeProblem } from '../../../../src/core/errors.ts';
import { taskInputs } from '../../../../tasks/SetupBuildkitBuilder/inputs.generated.ts';
import { type Inputs, parseInputs } from '../../../../tasks/SetupBuildkitBuilder/inputs.ts';
import { parseTlsInputs } from '../../../../tasks/SetupBuildkitBuilder/tls-inputs.ts';
import { defaultInputs } from '../../../support/default-inputs.ts';

const inputs: Inputs = {
  ...defaultInputs(taskInputs),
  endpoints: ['tcp://buildkitd:1234'],
};
const surroundings = { buildkitHost: undefined, connectionLines: [], jobSlug: '7-1-abc' };
const pem = '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n';

describe('the inputs of SetupBuildkitBuilder', () => {
  it('need no more than an endpoint; the name comes from the job', () => {
    assert.deepEqual(parseInputs(inputs, surroundings), {
      ok: true,
      value: {
        groups: [
          {
            platforms: [],
            lines: [
              {
                address: {
                  kind: 'tcp',
                  url: 'tcp://buildkitd:1234',
                  host: 'buildkitd',
                  port: 1234,
                },
                platforms: [],
              },
            ],
          },
        ],
        routing: { routing: 'affinity', maxLoadFactor: 2 },
        platforms: [],
        allowEmulation: true,
        builderName: 'daemonless-7-1-abc',
        connectTimeoutSeconds: 60,
        setDefault: true,
        dryRun: false,
      },
    });
  });

  it('are told all their problems at once', () => {
    const wrong = {
      ...{ endpoints: [], builderName: '1', platforms: ['linux/mips128'] },
      ...{ maxLoadFactor: '0.5', affinityKey: '$(nothing)' },
    };
    const result = parseInputs({ ...inputs, ...wrong }, surroundings);
    assert.deepEqual(!result.ok && result.problems.map(({ where }) => where), [
      ...['endpoints', 'maxLoadFactor', 'affinityKey', 'platforms', 'builderName'],
    ]);
  });

  it('have to say what is needed when emulation is forbidden: else nothing could be refused', () => {
    const result = parseInputs({ ...inputs, allowEmulation: false }, surroundings);
    assert.match(
      result.ok ? '' : result.problems.map(describeProblem).join(),
      /^platforms: allowEmulation: false needs to know/,
    );
  });

  it('add to the addresses of the connection', () => {
    const connectionLines = ['tcp://from-the-connection:1'];
    const result = parseInputs(inputs, { ...surroundings, connectionLines });
    assert.ok(result.ok);
    assert.deepEqual(
      result.value.groups.flatMap(({ lines }) => lines.map(({ address }) => address.url)),
      ['tcp://buildkitd:1234', 'tcp://from-the-connection:1'],
    );
  });
});

describe('the TLS inputs', () => {
  const none = {
    caCert: undefined,
    clientCert: undefined,
    clientKey: undefined,
    serverName: undefined,
  };
  const folders = { sources: '/sources', secureFiles: '/temp' };
  const problems = (
    given: Partial<Record<keyof typeof none, string>>,
    overTcp = true,
  ): readonly string[] => {
    const result = parseTlsInputs({ ...none, ...given }, folders, overTcp);
    return result.ok ? [] : result.problems.map(describeProblem);
  };

  it('mean plain when all are empty', () => {
    assert.deepEqual(parseTlsInputs(none, folders, true), { ok: true, value: undefined });
  });

  it('are paths, relative ones below the sources, or PEM text', () => {
    const given = {
      ...none,
      caCert: 'certs/ca.pem',
      clientCert: '/c.pem',
      clientKey: pem.replaceAll('\n', '\\n'),
    };
    assert.deepEqual(parseTlsInputs(given, folders, true), {
      ok: true,
      value: {
        ca: { kind: 'file', path: '/sources/certs/ca.pem' },
        client: { cert: { kind: 'file', path: '/c.pem' }, key: { kind: 'text', pem } },
      },
    });
  });

  it('are secure files, by name, which lie where DownloadSecureFile@1 puts them', () => {
    const read = parseTlsInputs({ ...none, caCert: 'secureFile:ci ca.pem' }, folders, true);
    assert.deepEqual(read.ok && read.value?.ca, {
      ...{ kind: 'file', path: '/temp/ci ca.pem', secureFile: 'ci ca.pem' },
    });
  });

  it('need a CA as soon as one of them is given, as buildx does not use those of the system', () => {
    assert.match(problems({ serverName: 'b' }).join(), /^caCert: .*needed when serverName is set/);
  });

  it('have certificate and key together or not at all', () => {
    assert.match(
      problems({ caCert: 'a', clientCert: 'b' }).join(),
      /^clientKey: .*needed when clientCert is set/,
    );
    assert.match(
      problems({ caCert: 'a', clientKey: 'b' }).join(),
      /^clientCert: .*needed when clientKey is set/,
    );
  });

  it('have no place at a Unix socket, and each of them says so', () => {
    const found = problems({ caCert: 'a', serverName: 'b' }, false);
    assert.deepEqual(
      found.map((each) => each.split(':')[0]),
      ['caCert', 'serverName'],
    );
  });

  it('name the variable that is not defined', () => {
    assert.match(
      problems({ caCert: '$(certificates)/ca.pem' }).join(),
      /^caCert: The variable "certificates" is not defined/,
    );
  });
});
