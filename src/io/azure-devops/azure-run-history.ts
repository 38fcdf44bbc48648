import { text } from 'node:stream/consumers';
import { BuildApi } from 'azure-devops-node-api/BuildApi.js';
import { BearerCredentialHandler } from 'azure-devops-node-api/handlers/bearertoken.js';
import {
  type Build,
  BuildQueryOrder,
  BuildResult,
  BuildStatus,
} from 'azure-devops-node-api/interfaces/BuildInterfaces.js';
import type { IRequestOptions } from 'azure-devops-node-api/interfaces/common/VsoBaseInterfaces.js';
import type { EarlierRun, RunHistory } from '../../ports/run-history.ts';

/** This run, and how its server is reached. */
export interface ThisRun {
  /** e.g. https://dev.azure.com/shop/. */
  readonly collection: string;
  readonly project: string;
  readonly definition: number;
  readonly build: number;
  /** Of the job. */
  readonly token: string;
  /** Proxy and authority. */
  readonly options: IRequestOptions;
}

const mostRuns = 10;
const answerLimitMs = 8_000;

/** Build REST API 7.1 through Microsoft's own client (learn.microsoft.com/rest/api/azure/devops/build). */
export function azureRunHistory(run: ThisRun): RunHistory {
  const handler = new BearerCredentialHandler(run.token);
  const options = { ...run.options, socketTimeout: answerLimitMs, allowRetries: false };
  const api = new BuildApi(run.collection, [handler], options);
  const limited = limiter();
  return {
    runs: (branch) => limited(runsOf(api, run, branch)),
    attachment: (earlier, type, name) =>
      limited(attachmentOf(api, run.project, { earlier, type, name })),
  };
}

async function runsOf(api: BuildApi, run: ThisRun, branch: string): Promise<EarlierRun[]> {
  const none = undefined;
  const builds = await api.getBuilds(
    run.project,
    [run.definition],
    ...([none, none, none, none, none, none] as const),
    ...([BuildStatus.Completed, none, none, none, mostRuns, none, none, none] as const),
    ...([BuildQueryOrder.FinishTimeDescending, branch] as const),
  );
  return builds.flatMap((build) => earlierRun(build, branch)).filter(({ id }) => id !== run.build);
}

function earlierRun({ id, buildNumber, result }: Build, branch: string): readonly EarlierRun[] {
  if (id === undefined) return [];
  const isSucceeded = result === BuildResult.Succeeded || result === BuildResult.PartiallySucceeded;
  return [{ id, name: buildNumber ?? String(id), branch, isSucceeded }];
}

interface Wanted {
  readonly earlier: EarlierRun;
  readonly type: string;
  readonly name: string;
}

async function attachmentOf(
  api: BuildApi,
  project: string,
  { earlier, type, name }: Wanted,
): Promise<string | undefined> {
  const all = await api.getAttachments(project, earlier.id, type);
  const links = all
    .filter((one) => one.name === name)
    .map((one) => (one._links as { self?: { href?: string } } | undefined)?.self?.href ?? '');
  // Timeline and record are told in the address alone (agent contract, section 7).
  const [, timeline, record] =
    /\/builds\/\d+\/([^/]+)\/([^/]+)\/attachments\//i.exec(links.at(-1) ?? '') ?? [];
  if (timeline === undefined || record === undefined) return undefined;
  return text(await api.getAttachment(project, earlier.id, timeline, record, type, name));
}

/** One limit for all questions, from the first one on: a step must not wait for a help. */
function limiter(): <T>(work: Promise<T>) => Promise<T> {
  let over: AbortSignal | undefined;
  return (work) => {
    over ??= AbortSignal.timeout(answerLimitMs);
    const signal = over;
    const late = new Promise<never>((_, reject) => {
      const tell = (): void => {
        reject(new Error(`Azure DevOps gave no answer in ${answerLimitMs / 1000} s`));
      };
      if (signal.aborted) tell();
      else signal.addEventListener('abort', tell);
    });
    return Promise.race([work, late]);
  };
}
