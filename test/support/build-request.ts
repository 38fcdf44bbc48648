import type { BuildRequest } from '../../src/core/buildx/build-request.ts';

/** A request that asks for no more than a push. */
export const plainRequest: BuildRequest = {
  sources: {
    context: '/w/1/s',
    isRemote: false,
    dockerfile: '/w/1/s/Dockerfile',
    dockerfileText: undefined,
    target: undefined,
    namedContexts: [],
    contextTimes: 'auto',
  },
  platforms: { wanted: [], strategy: 'auto' },
  image: {
    references: [{ name: 'a.io/orders', tag: '1' }],
    version: '1',
    rules: [],
    labels: {},
    annotations: [],
    isPushed: true,
  },
  options: {
    noCache: false,
    noCacheStages: [],
    pull: false,
    network: undefined,
    shmSize: undefined,
    ulimits: [],
    addHosts: [],
    allow: [],
  },
  buildArgs: [],
  secrets: [],
  ssh: [],
  cache: undefined,
  attestations: { provenance: 'min', sbom: false },
  format: { compression: 'gzip', attestationFormat: 'auto', sourceDateEpoch: undefined },
  exports: {
    ociLayout: undefined,
    tarFile: undefined,
    localFolder: undefined,
    raw: [],
    load: 'none',
  },
  sizeBudget: undefined,
  patience: { retries: 2, stallMs: 0 },
  run: {
    url: undefined,
    machine: undefined,
    source: {
      collection: 'https://dev.azure.com/shop/',
      project: 'shop',
      repository: 'orders',
      ref: 'refs/heads/main',
      isFork: false,
    },
  },
};
