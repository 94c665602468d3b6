/** A sandboxed preload script has to be one CommonJS file. */
import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: true,
    outDir: '.vite/build',
    emptyOutDir: false,
    minify: false,
    rollupOptions: {
      input: { preload: 'src/preload/index.ts' },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
  ssr: { noExternal: true },
});
