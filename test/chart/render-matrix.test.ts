import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { after, before, describe, it } from 'mocha';
import pLimit from 'p-limit';
import { parse } from 'yaml';
import {
  kubernetesVersions,
  provideSchemas,
  schemaLocation,
} from '../../scripts/lib/chart/schemas.ts';
import { cacheFolder } from '../../scripts/lib/toolchain/cache-folder.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { type ChartValues, chartFolder, render } from '../support/chart.ts';
import { partCombinations } from '../support/chart-combinations.ts';

const policy = { enabled: true, from: [{ podSelector: {} }] };
const tlsModes: Readonly<Record<string, ChartValues>> = {
  generated: { tls: { mode: 'generated' } },
  certManager: { tls: { mode: 'certManager', certManager: { issuer: { name: 'internal' } } } },
  existing: { tls: { mode: 'existing', existing: { serverSecret: 'daemons' } } },
  none: { tls: { mode: 'none' }, networkPolicy: policy },
};
const profiles = ['rootless', 'userns', 'privileged'];
const storages = ['persistentVolume', 'ephemeralVolume', 'emptyDir'];

/** Every profile with every kind of certificate and of storage. */
const crossed = profiles.flatMap((securityProfile) =>
  Object.entries(tlsModes).flatMap(([mode, tls]) =>
    storages.map((kind): [string, ChartValues] => [
      `${securityProfile}-${mode}-${kind}`,
      { buildkit: { securityProfile, storage: { kind }, ...tls } },
    ]),
  ),
);

const pools = [
  { name: 'amd64', architecture: 'amd64', replicas: 3 },
  { name: 'arm64', architecture: 'arm64', securityProfile: 'privileged' },
];
const keda = { kind: 'keda', prometheusAddress: 'http://prometheus:9090' };
const mirror = { registry: 'docker.io', mirror: 'cache:5000/hub', http: true, caSecret: 'ca' };

const others: readonly [string, ChartValues][] = [
  ['defaults', {}],
  ['nothing', { buildkit: { enabled: false } }],
  ['two-architectures', { buildkit: { pools } }],
  ['hpa', { buildkit: { autoscaling: { kind: 'hpa' } } }],
  ['keda', { buildkit: { autoscaling: keda } }],
  ['no-metrics', { buildkit: { metrics: { enabled: false } } }],
  ['pod-monitor', { buildkit: { metrics: { podMonitor: true } } }],
  ['mirrors', { buildkit: { mirrors: [mirror] } }],
  ['prune', { buildkit: { pruneCron: { enabled: true } } }],
  ['no-drain', { buildkit: { drain: false, podDisruptionBudget: false } }],
  ['pull-secrets', { imagePullSecrets: ['hub'] }],
  ['identity', { buildkit: { serviceAccount: { annotations: { 'azure/id': 'x' } } } }],
];

const examplesFolder = join(chartFolder, '../examples');
const examples = readdirSync(examplesFolder).map((file): [string, ChartValues] => [
  `example-${file}`,
  parse(readFileSync(join(examplesFolder, file), 'utf8')) as ChartValues,
]);

const matrix = [...crossed, ...others, ...partCombinations, ...examples];

/** AppArmor's profile is an annotation before Kubernetes 1.30. */
const forms = ['1.28.0', '1.37.0'] as const;
/** User namespaces came later, and are refused before. */
const fits = ([name]: readonly [string, ChartValues], form: string): boolean =>
  form !== forms[0] || !/userns|example-aks|example-gke/.test(name);
/** Kubernetes has no schema of them. */
const foreignKinds = [
  'cert-manager.io/v1/Certificate',
  ...['ScaledObject', 'ScaledJob', 'TriggerAuthentication'].map((k) => `keda.sh/v1alpha1/${k}`),
  'monitoring.coreos.com/v1/PodMonitor',
];
const isOld = (version: string): boolean => ['1.28.0', '1.29.0'].includes(version);
const firstLines = (text: string): string => text.split('\n').slice(0, 5).join('\n');

describe('The chart, rendered in every combination', () => {
  let folder: string;
  let schemas: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'matrix-'));
    schemas = await provideSchemas(cacheFolder(), () => undefined);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('passes "helm lint"', async () => {
    const result = await execa(toolPath('helm'), ['lint', '--strict', chartFolder], {
      reject: false,
    });
    assert.equal(result.exitCode, 0, result.stdout);
  });

  for (const form of forms) {
    const fitting = matrix.filter((combination) => fits(combination, form));
    it(`renders all ${fitting.length} combinations for Kubernetes ${form}`, async () => {
      await mkdir(join(folder, form));
      const limit = pLimit(2);
      await limit.map(fitting, async ([name, values]) => {
        const { yaml, refusal } = await render(values, form);
        assert.equal(refusal, '', `${name}: ${refusal}`);
        await writeFile(join(folder, form, `${name}.yaml`), yaml);
      });
    });
  }

  for (const version of kubernetesVersions) {
    it(`makes only objects that Kubernetes ${version} knows, field by field`, async () => {
      const skipped = foreignKinds.join(',');
      const args = ['-strict', '-summary', '-kubernetes-version', version, '-skip', skipped];
      const form = isOld(version) ? forms[0] : forms[1];
      const where = ['-schema-location', schemaLocation(schemas), join(folder, form)];
      const result = await execa(toolPath('kubeconform'), [...args, ...where], { reject: false });
      assert.equal(result.exitCode, 0, firstLines(result.stdout + result.stderr));
      assert.match(result.stdout, /Invalid: 0, Errors: 0/);
    });
  }
});
