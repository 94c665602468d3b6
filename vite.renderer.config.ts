import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The page, for every host: the browser host and the desktop app take it from dist/renderer. */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [svelte({ configFile: '../../svelte.config.js' })],
  build: {
    outDir: '../../dist/renderer',
    emptyOutDir: true,
    sourcemap: true,
    license: { fileName: 'third-party-licenses.md' },
    target: ['chrome120', 'firefox121', 'safari17'],
    assetsInlineLimit: 0, // fonts and pictures stay files, which the content security policy allows
  },
});
