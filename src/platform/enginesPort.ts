/** The engines as the application asks for them. */
import type { Engines } from '../app/ports.ts';
import { chooseEngine, probeEngines } from './engines/index.ts';

export const engines: Engines = {
  probe: probeEngines,
  async preview(request, setup) {
    const { engine, reason } = await chooseEngine(request, setup);
    return { id: engine.id, description: engine.description, reason };
  },
};
