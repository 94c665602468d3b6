/** Builds the pages and Electron's main process. The launcher has built the native engine. */
import { buildMain, buildRenderer } from '../lib/builds.ts';

process.exitCode = buildRenderer() || buildMain();
