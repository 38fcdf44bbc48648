import * as v from 'valibot';
import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import {
  type ComposeDocument,
  type ComposeFile,
  plainData,
  problemAt,
  readDocument,
  syntaxProblems,
} from './compose-document.ts';
import { crossChecks } from './cross-checks.ts';
import { fillVariables } from './fill-variables.ts';
import type { Variables } from './interpolate.ts';
import type { ComposeProject } from './model.ts';
import { type FileInput, fileSchema } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { toService } from './to-service.ts';

/** Where docker compose looks when no file is named, in its order (compose-spec, 03-compose-file). */
export const composeFileNames: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];

/** Reads, interpolates and validates one compose file; every problem of it at once, from top to bottom. */
export function loadCompose(file: ComposeFile, variables: Variables): Parsed<ComposeProject> {
  const project = load(readDocument(file), variables);
  if (project.ok) return project;
  const lineOf = ({ place }: Problem): number => place?.line ?? 0;
  return rejected(...[...project.problems].sort((a, b) => lineOf(a) - lineOf(b)));
}

function load(document: ComposeDocument, variables: Variables): Parsed<ComposeProject> {
  const broken = syntaxProblems(document);
  if (broken.length > 0) return rejected(...broken);
  const { problems, unset } = fillVariables(document, variables);
  const validated = validate(document);
  if (!validated.ok) return rejected(...problems, ...validated.problems);
  const project = toProject(validated.value, document, variables, unset);
  const more = [...problems, ...crossChecks(project, document)];
  return more.length > 0 ? rejected(...more) : parsed(project);
}

function validate(document: ComposeDocument): Parsed<FileInput> {
  const data = resolved(document);
  if (!data.ok) return data;
  const result = v.safeParse(fileSchema, withoutExtensions(data.value));
  if (result.success) return parsed(result.output);
  return rejected(...schemaProblems(result.issues, document));
}

function resolved(document: ComposeDocument): Parsed<unknown> {
  try {
    return parsed(plainData(document));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem: Problem = { what: `${reason}.`, change: 'Use fewer or simpler aliases.' };
    return rejected(problemAt(document.file, 1, problem));
  }
}

/** `x-` keys are the user's own, wherever they stand; `environment` has names, not keys. */
function withoutExtensions(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutExtensions);
  if (typeof data !== 'object' || data === null) return data;
  const own = Object.entries(data).filter(([key]) => !key.startsWith('x-'));
  return Object.fromEntries(
    own.map(([key, value]) => [key, key === 'environment' ? value : withoutExtensions(value)]),
  );
}

function toProject(
  input: FileInput,
  document: ComposeDocument,
  variables: Variables,
  unset: readonly string[],
): ComposeProject {
  return {
    ...(input.name === undefined ? {} : { name: input.name }),
    services: Object.entries(input.services).map(([name, service]) =>
      toService(name, service, document, variables),
    ),
    volumes: Object.keys(input.volumes ?? {}),
    warnings: [
      ...unset.map((name) => `The variable ${name} is not set; it became empty.`),
      ...(input.version === undefined ? [] : ['The key "version" is obsolete; remove it.']),
    ],
  };
}
