import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const shell = fileURLToPath(new URL('src/page.html', import.meta.url));

// Browsers refuse module scripts and fetches from file://, so everything goes into one HTML file with a classic script.
function oneFile() {
  return {
    name: 'one-file',
    enforce: 'post',  // the style sheet is added to the bundle late
    buildStart() {
      this.addWatchFile(shell);
    },
    generateBundle(_options, bundle) {
      const parts = Object.values(bundle);
      const script = parts.find((part) => part.type === 'chunk').code.trim().replaceAll('</script', '<\\/script');
      const style = parts.filter((part) => part.fileName.endsWith('.css')).map((part) => String(part.source).trim()).join('\n');
      for (const part of parts) delete bundle[part.fileName];
      const source = readFileSync(shell, 'utf8')
        .replace('/* style */', () => style)
        .replace('/* script */', () => script);
      this.emitFile({ type: 'asset', fileName: 'page.html', source });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), oneFile()],
  logLevel: 'warn',
  build: {
    target: 'es2021',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: fileURLToPath(new URL('src/main.ts', import.meta.url)),
      output: { format: 'iife', inlineDynamicImports: true },
    },
  },
});
