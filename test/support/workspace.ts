/** A workspace of its own for a test: real folder, real SQLite, real worker threads. */
import path from 'node:path';
import { createService } from '../../src/app/service.ts';
import type { Service } from '../../src/app/service.ts';
import type { Emit, EventName, EventPayload } from '../../src/app/contract.ts';
import type { Plan } from '../../src/app/plan.ts';
import { quickPreset } from '../../src/app/presets.ts';
import type { Ports } from '../../src/app/ports.ts';
import { composePorts } from '../../src/platform/compose.ts';
import { projectFolder, temporaryFolder } from './folders.ts';

export type TestLab = {
  folder: string;
  ports: Ports;
  service: Service;
  events: { name: EventName; payload: EventPayload<EventName> }[];
  close(): Promise<void>;
};

export function openLab(folder = temporaryFolder(), takes: 'all' | 'own' = 'all'): TestLab {
  const events: TestLab['events'] = [];
  const emit: Emit = (name, payload) => void events.push({ name, payload });
  const ports = composePorts({ host: 'cli', workspace: folder });
  const service = createService(ports, { emit, takes });
  return { folder, ports, service, events, close: () => service.close() };
}

/** A plan on the bundled sample that takes a second or so. */
export function smallPlan(change: Partial<Plan> & { updates?: number; learningRate?: number } = {}): Plan {
  const { updates = 20, learningRate = 1e-3, ...rest } = change;
  const { plan } = quickPreset;
  return {
    ...plan,
    data: { path: samplePath },
    model: { ...plan.model, units: 24 },
    seeds: [1],
    training: {
      ...plan.training,
      updates,
      trials: 10,
      testTrials: 20,
      checkpoints: { every: 5 },
      optimizer: { ...plan.training.optimizer, learningRate },
    },
    ...rest,
  };
}

export const samplePath = path.join(projectFolder, 'resources/sample/simulated-reach.npz');
