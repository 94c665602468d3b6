/** A process to be killed: trains a group of runs in the workspace folder and on the engine of its arguments. */
import type { EngineId } from '../../src/core/engines/engine.ts';
import { groupPlan, openGroupLab } from './groupLab.ts';

const [folder, engine, updates] = process.argv.slice(2);
const { service } = openGroupLab(3, folder);
const { sweep } = await service.prepare(groupPlan(engine as EngineId, { updates: Number(updates) }));
await service.queue.settled(service.queue.start(sweep));
await service.close();
