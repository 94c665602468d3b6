import { describe, expect, it } from 'vitest';
import { tracesOf } from '../../../../src/core/figures/conditionAverages.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';

// value = 100 neuron + 10 step + condition
const recording = {
  activity: tensor([2, 2, 2], Float64Array.of(0, 1, 10, 11, 100, 101, 110, 111)),
  timeMs: Float64Array.of(-10, 0),
  alignment: 'movement onset',
  conditions: [
    { label: '0°', values: {} },
    { label: '90°', values: {} },
  ],
  simulated: true,
};

describe('traces of a recording', () => {
  it('have one figure per neuron and one line per condition', () => {
    const [first, second] = tracesOf(recording, [0, 1]);
    expect(first.lines.map((l) => l.y)).toEqual([
      [0, 10],
      [1, 11],
    ]);
    expect(second.lines[1].y).toEqual([101, 111]);
    expect(second.lines[1].x).toEqual([-10, 0]);
    expect(first.groups.map((g) => g.label)).toEqual(['0°', '90°']);
    expect(first.x.label).toBe('Time from movement onset (ms)');
  });

  it('are coloured round a circle where the conditions are directions', () => {
    expect(tracesOf(recording, [0])[0].palette).toBe('distinct');
    const directions = [0, 90].map((directionDeg) => ({ label: `${directionDeg}°`, values: { directionDeg } }));
    expect(tracesOf({ ...recording, conditions: directions }, [0])[0].palette).toBe('cyclic');
  });

  it('say when the recording is simulated', () => {
    expect(tracesOf(recording, [0])[0].notes[0]).toContain('simulated');
    expect(tracesOf({ ...recording, simulated: false }, [0])[0].notes[0]).not.toContain('simulated');
  });

  it('refuse a neuron that is not there', () => {
    expect(() => tracesOf(recording, [2])).toThrow(expect.objectContaining({ code: 'figure.neuron' }));
  });
});
