// Loads a TypeScript file of the page into node: bundled by the esbuild that comes with vite, since node 18 reads no TypeScript.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

export async function load(file) {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-page-'));
  const outfile = join(folder, 'module.mjs');
  buildSync({ entryPoints: [fileURLToPath(new URL(`../src/${file}`, import.meta.url))], outfile, bundle: true, format: 'esm', logLevel: 'silent' });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
