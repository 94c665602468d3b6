/** All that runs in Electron's main process: the host, its worker threads and child processes, one file each. */
import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

/** Loaded from node_modules at run time: they bring binaries of their own. */
const external = [
  'electron',
  'better-sqlite3',
  '@napi-rs/canvas',
  /^@tensorflow\//,
  ...builtinModules.flatMap((name) => [name, `node:${name}`]),
];

export default defineConfig({
  build: {
    ssr: true,
    outDir: '.vite/build',
    emptyOutDir: false,
    target: 'node24',
    sourcemap: true,
    license: { fileName: 'third-party-licenses.md' },
    minify: false,
    lib: {
      entry: {
        main: 'src/main/index.ts',
        trainWorker: 'src/platform/workers/trainWorker.ts',
        analysisWorker: 'src/platform/workers/analysisWorker.ts',
        importWorker: 'src/platform/workers/importWorker.ts',
        measureWorker: 'src/platform/workers/measureWorker.ts',
        unitWorker: 'src/platform/workers/unitWorker.ts',
        recordingWorker: 'src/platform/workers/recordingWorker.ts',
        viewWorker: 'src/platform/workers/viewWorker.ts',
        engineProcess: 'src/platform/engines/engineProcess.ts',
      },
      formats: ['es'],
    },
    rollupOptions: {
      external,
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunk-[name]-[hash].mjs' },
    },
  },
  ssr: { noExternal: true },
});
