#!/usr/bin/env node
// lrlab from a checkout: sets up what is missing, then runs the command line.
import { fileURLToPath } from 'node:url';

process.argv.splice(1, 1, fileURLToPath(new URL('../scripts/go.mjs', import.meta.url)), 'lrlab');
await import('../scripts/go.mjs');
