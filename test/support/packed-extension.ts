import type { PackageFile } from '../../scripts/lib/package/package-file.ts';
import { type PackedExtension } from '../../scripts/lib/verify/verify-package.ts';
import { renderPng } from '../../scripts/lib/generate/icons.ts';
import { exampleTask } from './example-task.ts';

const square =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h6v6z"/></svg>';
const identity =
  '<Identity Language="en-US" Id="daemonless-pipelines" Version="0.1.0" Publisher="p"/>';
const contributions = [
  { type: 'ms.vss-distributed-task.task', properties: { name: 'ExampleTask' } },
  { type: 'ms.vss-endpoint.service-endpoint-type', properties: { name: 'example' } },
];
const types = [
  '<Default Extension=".png" ContentType="image/png"/>',
  '<Override ContentType="application/json" PartName="/ExampleTask/v1/task.json"/>',
  '<Override ContentType="application/javascript" PartName="/ExampleTask/v1/dist/main.cjs"/>',
  '<Override ContentType="text/plain" PartName="/LICENSE"/>',
].join('');

const text = (path: string, content: string): PackageFile => ({
  path,
  content: Buffer.from(content),
});

/** The files of a small extension that breaks no rule; undefined removes one. */
export function packedExtension(
  changes: Readonly<Record<string, string | undefined>> = {},
): PackedExtension {
  const good: readonly PackageFile[] = [
    text('[Content_Types].xml', `<Types>${types}</Types>`),
    text('extension.vsixmanifest', identity),
    text('extension.vsomanifest', JSON.stringify({ contributions })),
    text('LICENSE', 'Apache License'),
    text('ExampleTask/v1/task.json', JSON.stringify(exampleTask)),
    text('ExampleTask/v1/dist/main.cjs', '0;'),
    { path: 'ExampleTask/v1/icon.png', content: renderPng(square, 32) },
  ];
  const kept = good.filter(({ path }) => !(path in changes));
  const changed = Object.entries(changes).flatMap(([path, content]) =>
    content === undefined ? [] : [text(path, content)],
  );
  return { files: [...kept, ...changed], bytes: 10_000 };
}
