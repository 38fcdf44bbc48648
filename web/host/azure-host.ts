import * as SDK from 'azure-devops-extension-sdk';
import type { RunAddress, TabHost } from './tab-host.ts';
import { within } from './within.ts';

/** A page that says nothing for so long is none of Azure DevOps. */
const answerLimitMs = 15_000;

/** Of builds (azure-devops-node-api, BuildApi.RESOURCE_AREA_ID). */
const buildArea = '965220d5-5bb9-42cf-8d67-9b146df2a5a4';

interface LocationService {
  getResourceAreaLocation(area: string): Promise<string | undefined>;
  getServiceLocation(): Promise<string | undefined>;
}

interface ProjectService {
  getProject(): Promise<{ readonly id: string } | undefined>;
}

interface BuildService {
  getBuildPageData(): Promise<{ readonly build?: { readonly id?: number } } | undefined>;
}

/** What tabs are given that were there before the service. */
interface TabConfiguration {
  readonly onBuildChanged?: (tell: (build: { readonly id?: number }) => void) => void;
}

/** Through Microsoft's SDK, which speaks to the page by messages; once for each document. */
export async function azureHost(): Promise<TabHost> {
  await within(answerLimitMs, 'Azure DevOps', SDK.init({ loaded: false, applyTheme: true }));
  return {
    run: () => within(answerLimitMs, 'Azure DevOps', runAddress()),
    token: () => SDK.getAccessToken(),
    loaded: () => void SDK.notifyLoadSucceeded(),
    failed: (message) => void SDK.notifyLoadFailed(message),
    resize: () => {
      SDK.resize();
    },
  };
}

async function runAddress(): Promise<RunAddress> {
  const [collection, project, build] = await Promise.all([
    collectionAddress(),
    projectId(),
    buildId(),
  ]);
  return { collection, project, build };
}

async function collectionAddress(): Promise<string> {
  const service = await SDK.getService<LocationService>('ms.vss-features.location-service');
  const address =
    (await service.getResourceAreaLocation(buildArea)) ?? (await service.getServiceLocation());
  return address ?? missing('the address of its REST API');
}

async function projectId(): Promise<string> {
  const service = await SDK.getService<ProjectService>('ms.vss-tfs-web.tfs-page-data-service');
  return (await service.getProject())?.id ?? missing('the project');
}

async function buildId(): Promise<number> {
  const service = await SDK.getService<BuildService>('ms.vss-build-web.build-page-data-service');
  return (await service.getBuildPageData())?.build?.id ?? toldBuild();
}

/** The page may tell its run only when it has loaded it itself. */
function toldBuild(): Promise<number> {
  const { onBuildChanged } = SDK.getConfiguration() as TabConfiguration;
  if (onBuildChanged === undefined) return missing('the run');
  return new Promise((resolve) => {
    onBuildChanged(({ id }) => {
      if (id !== undefined) resolve(id);
    });
  });
}

function missing(what: string): never {
  throw new Error(`The page of Azure DevOps did not tell ${what}.`);
}
