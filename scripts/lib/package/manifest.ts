import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Problem, UserError } from '../../../src/core/errors.ts';

const text = v.pipe(v.string(), v.nonEmpty());
const link = v.strictObject({ uri: v.pipe(v.string(), v.url()) });

/** What our vss-extension.json holds. tfx checks little of it and warns of less (ado-extension.md, 1). */
const schema = v.strictObject({
  manifestVersion: v.literal(1),
  id: v.literal('daemonless-pipelines'),
  publisher: v.literal('daemonless-pipelines'),
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, 'Expected three numbers.')),
  name: v.pipe(text, v.maxLength(200)),
  description: v.pipe(text, v.maxLength(200)),
  categories: v.tuple([v.literal('Azure Pipelines')]),
  tags: v.pipe(v.array(text), v.minLength(1)),
  targets: v.pipe(v.array(v.strictObject({ id: text, version: v.optional(text) })), v.minLength(1)),
  scopes: v.tuple([v.literal('vso.build')]),
  galleryFlags: v.array(v.picklist(['Public', 'Preview'])),
  icons: v.strictObject({ default: text }),
  screenshots: v.array(v.strictObject({ path: text })),
  branding: v.strictObject({
    color: v.pipe(v.string(), v.hexColor()),
    theme: v.picklist(['dark', 'light']),
  }),
  content: v.strictObject({
    details: v.strictObject({ path: text }),
    license: v.strictObject({ path: text, contentType: text }),
  }),
  repository: v.strictObject({ type: v.literal('git'), uri: v.pipe(v.string(), v.url()) }),
  links: v.strictObject({
    getstarted: link,
    learn: link,
    license: link,
    privacypolicy: link,
    support: link,
    issues: link,
  }),
  files: v.array(v.unknown()),
  contributions: v.array(
    v.strictObject({
      id: text,
      type: text,
      description: text,
      targets: v.array(text),
      properties: v.looseObject({ name: text }),
    }),
  ),
});

export type ExtensionManifest = v.InferOutput<typeof schema>;

/** Our own vss-extension.json. @throws UserError with every problem in it. */
export async function readManifest(root: string): Promise<ExtensionManifest> {
  const path = 'vss-extension.json';
  const result = v.safeParse(schema, JSON.parse(await readFile(join(root, path), 'utf8')));
  if (result.success) return result.output;
  throw new UserError(
    result.issues.map((issue): Problem => {
      const change = 'The schema is scripts/lib/package/manifest.ts.';
      return { where: `${path} ${v.getDotPath(issue) ?? ''}`, what: issue.message, change };
    }),
  );
}
