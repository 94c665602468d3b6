/** The pages, for all hosts: built into dist/renderer. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [svelte({ configFile: '../../svelte.config.js' })],
  build: { outDir: '../../dist/renderer', emptyOutDir: true, sourcemap: true, target: 'chrome140' },
});
