/** How the units of a folder become condition averages. */

/**
 * published: as the published reader takes them, to the last bit. corrected: as one who checks what the files say would,
 * see selections.ts and bins.ts.
 */
export const unitSelections = ['published', 'corrected'] as const;

export type UnitOptions = {
  /** length of a step */
  readonly dtMs: number;
  readonly selection: (typeof unitSelections)[number];
};

export const defaultUnitOptions: UnitOptions = { dtMs: 15, selection: 'published' };
