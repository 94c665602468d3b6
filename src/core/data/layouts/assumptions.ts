/** What a layout takes for granted that its files do not say, in a sentence for the user; null: nothing. */
export function assumptionOf(layout: string): string | null {
  return assumptions[layout.split(' ', 1)[0]] ?? null;
}

const tableTimes =
  'Times count from an event that the table does not name. Where the name of their column has no unit, steps shorter than 1 are taken for seconds, others for ms.';

const assumptions: Readonly<Record<string, string>> = {
  'spikes-hatsopoulos':
    'Read by the names that public programs use for the recordings of doi:10.5061/dryad.xsj3tx9cm; the published files themselves have not been tried. Where the file does not name the directions of its trials, they are taken for 0°, 45°, … in order.',
  sussillo2015:
    'The file does not say when its 196 steps are. Taken: steps of 10 ms that end 400 ms after movement onset, so from −1550 ms; as in the published comparison, those before −1450 ms are left out. A mapping says otherwise.',
  'sussillo2015-muscles':
    'The file does not say when its 66 steps are. Taken: steps of 10 ms, −250 to 400 ms from movement onset. A mapping says otherwise.',
  'table-long': tableTimes,
  'table-wide': `${tableTimes} Every column beside time and condition is taken for a neuron.`,
};
