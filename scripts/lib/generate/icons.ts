import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { UserError } from '../../../src/core/errors.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The Marketplace shows the extension at 128 pixels, the task list shows tasks at 32. */
const extension = { source: 'images/extension-icon.svg', width: 128 };
const taskWidth = 32;

/** The PNG icons of the extension and its tasks, rendered from the SVG beside each. */
export async function icons(
  root: string,
  taskFolders: readonly string[],
): Promise<readonly GeneratedFile[]> {
  const drawings = [
    extension,
    ...taskFolders.map((folder) => ({ source: `${folder}/icon.svg`, width: taskWidth })),
  ];
  return Promise.all(
    drawings.map(async ({ source, width }) => ({
      path: source.replace(/\.svg$/, '.png'),
      content: renderPng(await readDrawing(root, source), width),
    })),
  );
}

async function readDrawing(root: string, source: string): Promise<string> {
  return readFile(join(root, source), 'utf8').catch((cause: unknown) => {
    const change = 'Draw one of 32 by 32 units without text.';
    throw new UserError([{ where: source, what: 'The drawing is missing.', change }], { cause });
  });
}

/** A square PNG of so many pixels; drawings hold no text, so no fonts are needed. */
export function renderPng(svg: string, width: number): Uint8Array {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { loadSystemFonts: false },
  });
  return drawing.render().asPng();
}
