import assert from 'node:assert/strict';
import {
  createKubernetesArgs,
  isKubernetesAsPlanned,
} from '../../../../src/core/buildx/kubernetes-args.ts';
import {
  type KubernetesInputs,
  kubernetesOptions,
} from '../../../../src/core/buildx/kubernetes-options.ts';
import { describeProblem } from '../../../../src/core/errors.ts';

const none: KubernetesInputs = {
  ...{ namespace: undefined, replicas: 1, requests: [], limits: [], nodeSelector: [] },
  ...{ tolerations: [], rootless: false, volumeSize: undefined, image: undefined },
};

function optionsOf(given: Partial<KubernetesInputs>) {
  const options = kubernetesOptions({ ...none, ...given }, true);
  assert.ok(options.ok, JSON.stringify(options));
  return options.value;
}

function problemsOf(given: Partial<KubernetesInputs>, namedBuilder = true): string {
  const options = kubernetesOptions({ ...none, ...given }, namedBuilder);
  assert.ok(!options.ok);
  return options.problems.map(describeProblem).join('\n');
}

describe("the options of buildx's Kubernetes driver", () => {
  it('are as few as the inputs', () => {
    assert.deepEqual(optionsOf({}), { replicas: '1' });
  });

  it("have buildx's names", () => {
    assert.deepEqual(
      optionsOf({
        namespace: 'ci',
        replicas: 3,
        requests: ['cpu=500m', 'memory=4Gi'],
        limits: ['memory=8Gi', 'ephemeral-storage=20Gi'],
        nodeSelector: ['kubernetes.io/arch=arm64', 'pool=build'],
        tolerations: ['key=ci,operator=Equal,value=build,effect=NoSchedule', 'operator=Exists'],
        rootless: true,
        volumeSize: '50Gi',
        image: 'my.azurecr.io/moby/buildkit:v0.32.2',
      }),
      {
        namespace: 'ci',
        replicas: '3',
        'requests.cpu': '500m',
        'requests.memory': '4Gi',
        'limits.memory': '8Gi',
        'limits.ephemeral-storage': '20Gi',
        nodeselector: 'kubernetes.io/arch=arm64,pool=build',
        tolerations: 'key=ci,operator=Equal,value=build,effect=NoSchedule;operator=Exists',
        rootless: 'true',
        'persistent-volume-claim.requests.storage': '50Gi',
        image: 'my.azurecr.io/moby/buildkit:v0.32.2',
      },
    );
  });

  it('keep their commas on the command line', () => {
    const args = createKubernetesArgs({ name: 'ci', options: { nodeselector: 'a=b,c=d' } });
    assert.deepEqual(args, [
      ...['create', '--name', 'ci', '--node', 'ci', '--driver', 'kubernetes'],
      ...['--driver-opt', '"nodeselector=a=b,c=d"'],
    ]);
  });

  it('tell every wrong input at once', () => {
    const found = problemsOf({
      namespace: 'My Space',
      replicas: 0,
      requests: ['gpu=1', '$(cpus)'],
      limits: ['memory=8 GB', 'cpu=1', 'cpu=2'],
      nodeSelector: ['arch', 'a=b,c=d'],
      tolerations: ['key=ci,effect=Never'],
      volumeSize: 'big',
      image: 'two words',
    });
    const where = found.split('\n').map((line) => line.split(':')[0]);
    assert.deepEqual(where, [
      ...['namespace', 'image', 'replicas', 'requests', 'requests', 'limits', 'limits'],
      ...['nodeSelector', 'nodeSelector', 'tolerations', 'volumeSize'],
    ]);
    assert.match(found, /variable "cpus" is not defined/);
    assert.match(found, /found "effect=Never"/);
  });

  it('have no volume that the next job could not find', () => {
    assert.match(problemsOf({ volumeSize: '50Gi' }, false), /^volumeSize: .* Set builderName/);
  });

  it('tell whether a builder can stay', () => {
    const listed = (DriverOpts: Record<string, string>, Driver = 'kubernetes') => ({
      ...{ Name: 'ci', Driver, Err: '' },
      Nodes: [
        { Name: 'ci', Endpoint: '', Status: '', Version: '', Platforms: [], DriverOpts, Err: '' },
      ],
    });
    const plan = { name: 'ci', options: { replicas: '1' } };
    assert.ok(isKubernetesAsPlanned(listed({ replicas: '1' }), plan));
    assert.ok(!isKubernetesAsPlanned(listed({ replicas: '1', rootless: 'true' }), plan));
    assert.ok(!isKubernetesAsPlanned(listed({ replicas: '1' }, 'remote'), plan));
  });
});
