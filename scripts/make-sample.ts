/** Writes the bundled sample anew: `node scripts/make-sample.ts`. The same bytes every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { simulatedReach } from './sample/simulatedReach.ts';

const file = path.resolve(import.meta.dirname, '../resources/sample/simulated-reach.npz');
const bytes = simulatedReach();
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, bytes);
console.log(`${file}: ${bytes.length} bytes`);
