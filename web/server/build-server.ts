import * as v from 'valibot';
import { type AttachmentPlace, attachmentPlace } from '../run/attachment-place.ts';
import { type Build, buildSchema } from '../run/build.ts';
import { type Timeline, timelineSchema } from '../run/timeline.ts';
import { type Fetch, getText } from './get-text.ts';
import { ServerError } from './server-error.ts';

/** The run's project, and how it is reached. */
export interface BuildServerOptions {
  /** Of the collection, e.g. `https://dev.azure.com/contoso/`. */
  readonly base: string;
  /** Its id. */
  readonly project: string;
  readonly token: () => Promise<string>;
  readonly fetch: Fetch;
}

/** What the tab asks of Azure DevOps. All of them throw ServerError. */
export interface BuildServer {
  build(id: number): Promise<Build>;
  timeline(id: number): Promise<Timeline>;
  /** None for a type that the server has not heard of. */
  attachments(id: number, type: string, signal?: AbortSignal): Promise<readonly AttachmentPlace[]>;
  content(id: number, place: AttachmentPlace, signal?: AbortSignal): Promise<string>;
  /** The last to finish before a run, of its pipeline and branch, the newest first. */
  earlierBuilds(of: Build, most: number, signal: AbortSignal): Promise<readonly Build[]>;
  /** Where the attachment opens in a browser. */
  address(id: number, place: AttachmentPlace): string;
}

/** The lists are small; a report is some 100 kB, and 2 MB with thousands of steps. */
const mostBytes = 10_000_000;

/** Azure DevOps Server 2022 speaks 7.0; attachments are a preview there. */
const version = '7.0';
const attachmentVersion = '7.0-preview.2';

const linksSchema = v.object({ self: v.object({ href: v.string() }) });
const attachmentsSchema = v.object({
  value: v.array(v.object({ name: v.string(), _links: linksSchema })),
});

const buildsSchema = v.object({ value: v.array(buildSchema) });

/** REST API of builds (learn.microsoft.com/rest/api/azure/devops/build). */
export function buildServer({ base, project, token, fetch }: BuildServerOptions): BuildServer {
  const root = `${base.replace(/\/*$/, '/')}${encodeURIComponent(project)}/_apis/build/builds`;
  const text = async (url: string, signal?: AbortSignal): Promise<string> =>
    getText({ url, token: await token(), mostBytes, signal }, fetch);
  const pathOf = (id: number, place: AttachmentPlace): string =>
    [root, id, ...partsOf(place)].join('/') + `?api-version=${attachmentVersion}`;
  return {
    build: async (id) => parsed(buildSchema, await text(`${root}/${id}?api-version=${version}`)),
    timeline: async (id) =>
      parsed(timelineSchema, await text(`${root}/${id}/timeline?api-version=${version}`)),
    attachments: async (id, type, signal) =>
      orNone(async () => {
        const path = `${root}/${id}/attachments/${encodeURIComponent(type)}`;
        const url = `${path}?api-version=${attachmentVersion}`;
        const { value } = parsed(attachmentsSchema, await text(url, signal));
        return value.flatMap(({ _links }) => attachmentPlace(_links.self.href) ?? []);
      }),
    content: async (id, place, signal) => text(pathOf(id, place), signal),
    earlierBuilds: async (of, most, signal) => {
      const query = earlierQuery(of, most);
      return parsed(buildsSchema, await text(`${root}?${query}`, signal)).value.filter(
        ({ id }) => id !== of.id,
      );
    },
    address: pathOf,
  };
}

/** Builds - List. */
function earlierQuery({ definition, sourceBranch, finishTime }: Build, most: number): string {
  const query = new URLSearchParams({
    definitions: String(definition.id),
    branchName: sourceBranch,
    statusFilter: 'completed',
    queryOrder: 'finishTimeDescending',
    // The run itself is among them once it has ended.
    $top: String(most + 1),
    ...(finishTime == null ? {} : { maxTime: finishTime }),
    'api-version': version,
  });
  return String(query);
}

function partsOf({ timeline, record, type, name }: AttachmentPlace): readonly string[] {
  return [timeline, record, 'attachments', type, name].map(encodeURIComponent);
}

/** Some servers answer 404 for a type of which there is nothing. */
async function orNone<T>(ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ServerError && error.trouble.kind === 'not-found') return [];
    throw error;
  }
}

function parsed<T extends v.GenericSchema>(schema: T, text: string): v.InferOutput<T> {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    const what = 'The server gave an answer of another form than its REST API 7.0 describes.';
    throw new ServerError({ kind: 'unexpected', what });
  }
}
