import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import * as v from 'valibot';
import { parse } from 'yaml';
import type { GeneratedFile } from './generated-file.ts';

/** What we read of a value in values.schema.json (JSON Schema draft 7). */
interface ValueSchema {
  readonly type: string;
  readonly description?: string | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, ValueSchema>> | undefined;
  readonly items?: ValueSchema | undefined;
}

const valueSchema: v.GenericSchema<unknown, ValueSchema> = v.object({
  type: v.string(),
  description: v.optional(v.string()),
  enum: v.optional(v.array(v.string())),
  properties: v.optional(
    v.record(
      v.string(),
      v.lazy(() => valueSchema),
    ),
  ),
  items: v.optional(v.lazy(() => valueSchema)),
});

const folder = 'deploy/chart';

/** The chart's README: its opening lines, and every value from the schema with its default. */
export async function chartReadme(root: string): Promise<GeneratedFile> {
  const text = (name: string): Promise<string> => readFile(join(root, folder, name), 'utf8');
  const schema = v.parse(
    valueSchema,
    withoutReferences(JSON.parse(await text('values.schema.json'))),
  );
  const defaults: unknown = parse(await text('values.yaml'));
  const page = [
    '<!-- Made from values.schema.json and values.yaml by `npm run generate`: edit those instead. -->',
    '# The chart daemonless-pipelines',
    '',
    'How to install it and what to choose: [the guide](../../docs/guides/install-on-kubernetes.md).',
    '',
    '| Value | Default | Meaning |',
    '|---|---|---|',
    ...rows(schema, defaults, ''),
  ];
  const content = await format(page.join('\n'), { parser: 'markdown', printWidth: 100 });
  return { path: join(folder, 'README.md'), content };
}

function rows(schema: ValueSchema, value: unknown, path: string): readonly string[] {
  const inner = schema.properties ?? schema.items?.properties;
  const within = schema.properties === undefined ? `${path}[].` : `${path}.`;
  const own = path === '' || schema.properties !== undefined ? [] : [row(schema, value, path)];
  const rest = Object.entries(inner ?? {}).flatMap(([name, property]) => {
    const held = schema.properties === undefined ? undefined : field(value, name);
    return rows(property, held, path === '' ? name : within + name);
  });
  return [...own, ...rest];
}

function row(
  { description = '', enum: choices }: ValueSchema,
  value: unknown,
  path: string,
): string {
  const one = choices === undefined ? '' : ` One of ${choices.map((c) => `\`${c}\``).join(', ')}.`;
  const shown = value === undefined || value === '' ? '' : `\`${JSON.stringify(value)}\``;
  return `| \`${path}\` | ${shown} | ${(description + one).replaceAll('|', String.raw`\|`)} |`;
}

/** The schema with each `{"$ref": "#/definitions/NAME"}` replaced by what it names. */
function withoutReferences(schema: unknown): unknown {
  const definitions = field(schema, 'definitions');
  const resolved = (text: string): string =>
    JSON.stringify(JSON.parse(text), (_, value: unknown) => {
      const reference = field(value, '$ref');
      if (typeof reference !== 'string') return value;
      return field(definitions, reference.replace('#/definitions/', ''));
    });
  return JSON.parse(resolved(JSON.stringify(schema)));
}

function field(value: unknown, name: string): unknown {
  const found = v.safeParse(v.record(v.string(), v.unknown()), value);
  return found.success ? found.output[name] : undefined;
}
