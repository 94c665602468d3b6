import { describe, expect, it } from 'vitest';
import { cyclicColor } from '../../../src/charts/cyclicColor.ts';
import { groupColors, placeColor, withOpacity } from '../../../src/charts/palette.ts';

/** Relative luminance as WCAG 2 defines it. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const v = parseInt(color.slice(i, i + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('the palette', () => {
  it.each([1, 2, 7, 8, 30, 72])('gives %i groups a colour each', (groups) => {
    for (const ground of ['light', 'dark'] as const) {
      const colors = Array.from({ length: groups }, (_, i) => placeColor(i, groups, ground));
      expect(new Set(colors).size).toBe(groups);
      for (const color of colors) expect(color).toMatch(/^#[\da-f]{6}$/);
    }
  });

  it('stands out from the dark ground by a contrast of 3 or more', () => {
    for (let i = 0; i < 7; i++) {
      const contrast = (luminance(placeColor(i, 7, 'dark')) + 0.05) / (luminance('#14171c') + 0.05);
      expect(contrast).toBeGreaterThan(3);
    }
  });

  it('gives a group the colour of its place, shown alone or not', () => {
    const [bptt, eprop] = [
      { id: 'a', label: 'BPTT', color: 0 },
      { id: 'b', label: 'e-prop', color: 1 },
    ];
    const alone = groupColors({ groups: [eprop], palette: 'distinct' }, 'light');
    expect(alone.get('b')).toBe(groupColors({ groups: [bptt, eprop], palette: 'distinct' }, 'light').get('b'));
    expect(alone.get('b')).toBe(placeColor(1, 2, 'light'));
  });

  it('goes round a circle where the groups do', () => {
    const groups = ['0°', '120°', '240°'].map((label, color) => ({ id: label, label, color }));
    const colors = groupColors({ groups, palette: 'cyclic' }, 'light');
    expect([...colors.values()]).toEqual([0, 1 / 3, 2 / 3].map((share) => cyclicColor(share, 'light')));
  });

  it('adds opacity as a fourth channel', () => {
    expect(withOpacity('#0072b2', 0.5)).toBe('#0072b280');
  });
});
