import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The page: for packages beside the main process, else in dist/renderer, where browser host and `npm start` take it. */
export default defineConfig((env) => ({
  root: 'src/renderer',
  base: './',
  plugins: [svelte({ configFile: '../../svelte.config.js' })],
  build: {
    outDir: path.join(import.meta.dirname, 'forgeConfig' in env ? '.vite/renderer/main_window' : 'dist/renderer'),
    emptyOutDir: true,
    sourcemap: true,
    target: ['chrome120', 'firefox121', 'safari17'],
    assetsInlineLimit: 0, // fonts and pictures stay files, which the content security policy allows
  },
}));
