import type { Tool } from './tool.ts';

const versionPackage = 'k8s.io/component-base/version';

const tools: readonly Omit<Tool, 'isForTests'>[] = [
  {
    name: 'kubeconform',
    folder: 'chart',
    module: 'github.com/yannh/kubeconform',
    package: 'github.com/yannh/kubeconform/cmd/kubeconform',
    versionVariable: 'main.version',
    versionArguments: ['-v'],
    buildTime: 'under a minute',
  },
  {
    name: 'helm',
    folder: 'chart',
    module: 'helm.sh/helm/v4',
    package: 'helm.sh/helm/v4/cmd/helm',
    versionVariable: 'helm.sh/helm/v4/internal/version.version',
    versionArguments: ['version', '--short'],
    buildTime: 'about 4 minutes',
  },
  {
    name: 'compose-oracle',
    folder: 'compose-oracle',
    module: 'github.com/docker/compose/v5',
    package: '.',
    versionVariable: 'main.version',
    versionArguments: ['--version'],
    buildTime: 'about 3 minutes',
  },
  {
    name: 'coredns',
    folder: 'coredns',
    module: 'github.com/coredns/coredns',
    package: '.',
    versionVariable: 'main.version',
    versionArguments: ['--version'],
    buildTime: 'about 3 minutes',
  },
  {
    // Google has archived its own; this fork is maintained. Only the benchmark of builds compares with it.
    name: 'kaniko',
    folder: 'kaniko',
    module: 'github.com/chainguard-dev/kaniko',
    package: 'github.com/chainguard-dev/kaniko/cmd/executor',
    versionVariable: 'github.com/chainguard-dev/kaniko/pkg/version.version',
    versionArguments: ['version'],
    buildTime: 'about 3 minutes',
    buildLimitMinutes: 10,
  },
  {
    name: 'kubernetes',
    folder: 'kubernetes',
    module: 'k8s.io/kubernetes',
    package: '.',
    versionVariable: `${versionPackage}.gitVersion`,
    // Charts compare their kubeVersion with what the server says of itself.
    moreVariables: (version) => {
      const [major = '', minor = ''] = version.slice(1).split('.');
      return {
        [`${versionPackage}.gitMajor`]: major,
        [`${versionPackage}.gitMinor`]: minor,
        [`${versionPackage}.gitTreeState`]: 'clean',
      };
    },
    versionArguments: ['--version'],
    buildTime: '12 to 20 minutes',
    buildLimitMinutes: 25,
  },
];

/** What only tests need, each in a Go module of its own: their requirements would change BuildKit's. */
export const testTools: readonly Tool[] = tools.map((tool) => ({ ...tool, isForTests: true }));
