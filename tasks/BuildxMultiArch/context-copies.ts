import { join } from 'node:path/posix';
import type { ContextUse } from '../../src/core/bake/target-contexts.ts';
import { holdsFolder } from '../../src/core/buildx/context-place.ts';
import {
  type ContextEntry,
  type ContextFile,
  totalBytes,
} from '../../src/core/context/context-file.ts';
import {
  type ContextTimes,
  mostBytes,
  mostEntries,
  reasonToSendAsItIs,
} from '../../src/core/context/context-plan.ts';
import { type IgnoreRules, ignoreFiles, ignoreRules } from '../../src/core/context/ignore-rules.ts';
import { takenFiles } from '../../src/core/context/taken-files.ts';
import { formatBytes } from '../../src/core/text/measures.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import { type NamedSources, copyContext, nameCopy } from './copy-context.ts';

type Ports = Pick<BuildTaskPorts, 'host' | 'files' | 'contexts'>;

/** What became of one use of a context. */
export interface PlacedUse {
  /** The copy; absent where the context is used as it is. */
  readonly path?: string;
  /** What it holds; absent where nobody has read it. */
  readonly files?: readonly ContextFile[];
  /** Why there is no copy; absent too where the daemon takes no file of the context. */
  readonly reason?: string;
}

/** A context by certain rules, and its copy once there is one. */
interface Seen {
  readonly rules: IgnoreRules;
  readonly entries: readonly ContextEntry[];
  readonly folder: string;
  /** Of the copy. */
  files?: readonly ContextFile[];
  /** Of the folder itself, where it is used as it is. */
  own?: readonly ContextFile[];
}

/** Copies of the contexts of a bake: each is made once for all targets that take it by the same rules. */
export class ContextCopies {
  readonly #sources: { readonly context: string; readonly contextTimes: ContextTimes };
  readonly #folder: string;
  readonly #ports: Ports;
  readonly #seen = new Map<string, Seen>();
  #bytes = 0;

  /** @param folder of ours; the copies are made below it */
  constructor(
    sources: { readonly context: string; readonly contextTimes: ContextTimes },
    folder: string,
    ports: Ports,
  ) {
    this.#sources = sources;
    this.#folder = folder;
    this.#ports = ports;
  }

  /** Finds or makes the copy for one use; nothing that goes wrong is thrown. */
  async place(use: ContextUse): Promise<PlacedUse> {
    const { files } = this.#ports;
    if ((await files.exists(use.context)) !== 'directory') return {};
    const dockerfile = use.dockerfileText ?? (await files.readText(use.dockerfile)) ?? '';
    const taken = use.name === undefined ? takenFiles(dockerfile) : 'all';
    if (taken === 'none') return {};
    try {
      return await this.#copied(use, dockerfile, taken === 'all');
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #copied(use: ContextUse, dockerfile: string, takesAll: boolean): Promise<PlacedUse> {
    const outside = await this.#reasonOfPlace(use.context);
    if (outside !== undefined) return { reason: outside };
    const seen = await this.#look(use);
    const { contextTimes } = this.#sources;
    const reason =
      reasonToSendAsItIs(contextTimes, { dockerfile, rules: seen.rules }, seen.entries) ??
      this.#reasonOfSize(seen);
    if (reason !== undefined) return { reason, ...(await this.#read(use.context, seen)) };
    const named = namedBy(use, takesAll);
    if (seen.files === undefined) {
      seen.files = (await copyContext(named, seen, seen.folder, this.#ports)).files;
      this.#bytes += totalBytes(seen.entries);
    }
    return { path: await nameCopy(named, seen.folder, this.#ports), files: seen.files };
  }

  /** buildx asks before a bake file reads elsewhere: a copy of ours must not answer in the user's place. */
  async #reasonOfPlace(context: string): Promise<string | undefined> {
    const { contexts, host } = this.#ports;
    const [root, real] = await Promise.all(
      [this.#sources.context, context].map((path) => contexts.realPath(path)),
    );
    if (!holdsFolder(root ?? '', real ?? '')) return 'it lies outside the folder of the sources';
    if (holdsFolder(real ?? '', host.tempDirectory)) return "it holds the agent's temporary folder";
    return undefined;
  }

  #reasonOfSize({ files, entries }: Seen): string | undefined {
    if (files !== undefined || this.#bytes + totalBytes(entries) <= mostBytes) return undefined;
    return `with the other contexts it holds more than ${formatBytes(mostBytes)}`;
  }

  /** For the report. */
  async #read(context: string, seen: Seen): Promise<Pick<PlacedUse, 'files'>> {
    if (seen.files !== undefined) return { files: seen.files };
    if (seen.entries.length > mostEntries) return {};
    seen.own ??= await this.#ports.contexts.index(context, seen.entries);
    return { files: seen.own };
  }

  async #look({ context, dockerfile, name }: ContextUse): Promise<Seen> {
    const { files, contexts } = this.#ports;
    const places = ignoreFiles(context, dockerfile);
    const texts = await Promise.all(
      // A named context has no Dockerfile whose rules would be its own.
      places.slice(name === undefined ? 0 : 1).map((path) => files.readText(path)),
    );
    const text = texts.find((each) => each !== undefined) ?? '';
    const key = `${context}\0${text}`;
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    const rules = ignoreRules(text);
    const entries = await contexts.list(context, rules, mostEntries);
    const seen = { rules, entries, folder: join(this.#folder, String(this.#seen.size)) };
    this.#seen.set(key, seen);
    return seen;
  }
}

/** Uses that take all of a context may share one upload of it; others differ by what they take. */
function namedBy(use: ContextUse, takesAll: boolean): NamedSources {
  const { context, dockerfile, dockerfileText, stage = '', target } = use;
  if (takesAll) {
    return { context, dockerfile: context, dockerfileText: undefined, target: undefined };
  }
  const part = dockerfileText === undefined ? stage : `${target} ${stage}`;
  return { context, dockerfile, dockerfileText, target: part };
}
