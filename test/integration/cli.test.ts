import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LawOutcome, RunSummary } from '../../src/app/contract.ts';
import type { SeedComparison } from '../../src/core/figures/seedComparison.ts';
import { encodeNpz } from '../../scripts/sample/npz.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';
import { muscleMat, neuralMat } from '../support/muscleRecording.ts';
import { writeModelFolder } from '../support/modelFolder.ts';
import { describeReference, referenceList, referencePath } from '../support/reference.ts';
import { unitFile, unitTrials } from '../support/unitFile.ts';
import { samplePath } from '../support/workspace.ts';

const home = temporaryFolder();
const cli = path.join(projectFolder, 'src/cli/index.ts');

function lrlab(...args: string[]): { code: number | null; out: string; err: string } {
  const r = spawnSync(process.execPath, [cli, '--home', home, ...args], { encoding: 'utf8', cwd: home });
  return { code: r.status, out: r.stdout, err: r.stderr };
}
const small = ['--preset', 'quick', '--units', '16', '--updates', '4', '--trials', '8', '--test-trials', '8'];

afterAll(() => removeFolder(home));

describe('lrlab', () => {
  it.each([
    'import',
    'datasets',
    'train',
    'runs',
    'analyze',
    'figure',
    'stats',
    'models',
    'serve',
    'demo',
    'reproduce',
    'engines',
    'rules',
    'view',
    'metrics',
  ])('explains %s', (command) => {
    const { code, out } = lrlab(command, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: lrlab ${command}`));
  });

  it('lists metrics, and prints the card of one with its settings', () => {
    const { code, out } = lrlab('metrics');
    expect(code).toBe(0);
    expect(out).toMatch(/^procrustes +Procrustes distance +0 to 1 +yes +yes +yes/m);
    const card = lrlab('metrics', 'linearPredictivity').out;
    expect(card).toMatch(/both ways +from x to y only/);
    expect(card).toContain('folds = 5 (3 to 1000):');
    expect(JSON.parse(lrlab('metrics', 'dsa', '--json').out)).toMatchObject([
      { id: 'dsa', matched: false, ignores: { x: expect.arrayContaining(['rotation']) as string[] } },
    ]);
    expect(lrlab('metrics', 'likeness')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/metric.unknown/) as string,
    });
  });

  it('imports a folder of single units, and accounts for every file', () => {
    const folder = path.join(home, 'units');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'a.mat'), unitFile(unitTrials()));
    writeFileSync(path.join(folder, 'b.mat'), unitFile(unitTrials().slice(1)));
    const { code, out, err } = lrlab('import', folder, '--dt', '5', '--selection', 'corrected');
    expect(code).toBe(0);
    expect(out).toContain('Mante 2013: units: 1 neurons × 6 steps × 72 conditions, 102 to 127 ms from stimulus onset');
    expect(err).toMatch(/Left out b.mat: no correct trial in 1 of 72 conditions/);
    expect(err).toMatch(/1 of 2 files kept/);
    expect(lrlab('datasets', 'files', out.split(' ')[0]).out).toMatch(/a\.mat +kept +72 trials averaged/);
    expect(lrlab('import', folder, '--dt', 'fast')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^units\.dt: Reading --dt: expected milliseconds above 0, found "fast"/) as string,
    });
    expect(lrlab('datasets', 'remove', out.split(' ')[0]).code).toBe(0);
    expect(JSON.parse(lrlab('datasets', '--json').out)).toEqual([]);
  });

  it('lists rules with what they need, and checks that they do what theory says', () => {
    const { code, out } = lrlab('rules', 'e-prop', 'snap-1');
    expect(code).toBe(0);
    expect(out).toMatch(/^snap-1 +local +to each unit +readout +online +none +a trace per synapse/m);
    expect(out).toContain('ε[t] = (1 − α) ε[t−1] + α h[t−1]');
    expect(JSON.parse(lrlab('rules', 'node-perturbation', '--json').out)).toMatchObject([
      { id: 'node-perturbation', needs: { weightTransport: 'none' }, settings: { draws: { default: 10, least: 1 } } },
    ]);
    const checked = lrlab('rules', 'snap-1', '--check', '--json');
    expect(checked.code).toBe(0);
    const outcomes = JSON.parse(checked.out) as LawOutcome[];
    expect(outcomes.length).toBeGreaterThan(3);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ rule: 'snap-1', holds: true });
    expect(lrlab('rules', 'telepathy')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/rule.unknown/) as string,
    });
  });

  it('ends with 2 when it is used wrongly, and says how to use it', () => {
    expect(lrlab('fly')).toMatchObject({ code: 2, err: expect.stringMatching(/unknown command 'fly'/) as string });
    expect(lrlab('train', '--sideways').code).toBe(2);
  });

  it('does the whole work in one command: import, train, compare, figures', () => {
    const { code, out, err } = lrlab(
      'train',
      '--data',
      samplePath,
      ...small,
      '--seeds',
      '1-2',
      '--out',
      'results',
      '--json',
    );
    expect(code, err).toBe(0);
    const { runs, files } = JSON.parse(out) as { runs: RunSummary[]; files: string[] };
    expect(runs.map((r) => [r.spec.rule, r.spec.seed, r.state])).toEqual([
      ['bptt', 1, 'done'],
      ['e-prop', 1, 'done'],
      ['bptt', 2, 'done'],
      ['e-prop', 2, 'done'],
    ]);
    expect(runs.every((r) => typeof r.distance === 'number' && typeof r.testError === 'number')).toBe(true);
    expect(files.map((f) => path.extname(f))).toEqual([
      ...Array(4).fill(['.svg', '.png', '.csv', '.json']).flat(),
      '.csv',
    ]);
    const table = readFileSync(path.join(home, 'results', 'runs.csv'), 'utf8')
      .trim()
      .split('\r\n');
    expect(table).toHaveLength(5);
    expect(table[1].split(',').slice(1, 5)).toEqual(['done', 'BPTT', '1', '4']);
    for (const file of files) expect(existsSync(path.join(home, file)) || existsSync(file)).toBe(true);
    expect(err).toMatch(/4\/4 runs trained/);
    expect(JSON.parse(lrlab('datasets', '--json').out)).toMatchObject([{ name: 'Simulated reach', simulated: true }]);
  });

  it('has runs, results and figures of earlier commands', () => {
    const runs = JSON.parse(lrlab('runs', '--json').out) as RunSummary[];
    expect(runs).toHaveLength(4);
    const analysed = JSON.parse(lrlab('analyze', runs[0].id, '--json').out) as {
      analyzed: number;
      checkpoints: number;
    }[];
    expect(analysed[0].analyzed).toBe(analysed[0].checkpoints);
    const { code, out, err } = lrlab(
      'figure',
      'distanceVsUpdates',
      '--out',
      'figure.png',
      '--width-mm',
      '50',
      '--dpi',
      '254',
    );
    expect(code, err).toBe(0);
    expect(out.trim()).toBe(path.join(home, 'figure.png'));
    const png = readFileSync(path.join(home, 'figure.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16), 'width: 50 mm at 254 dots per inch').toBe(500);
    expect(lrlab('figure', 'distanceVsUpdates', '--out', 'figure.bmp').err).toMatch(/^figure\.format:/);
  });

  it('compares seeds at one reading, and says where it cannot', () => {
    const { code, out, err } = lrlab('stats', '--at', 'last', '--correction', 'bh');
    expect(code, err).toBe(0);
    expect(out).toMatch(/^Procrustes distance at the last update\n\ngroup +n +mean +SD +95 % t interval/);
    expect(out).toMatch(/^BPTT − e-prop +2 pairs/m);
    expect(out).toContain('With 2 pairs of seeds p cannot be below 0.5');
    const all = JSON.parse(lrlab('stats', '--at', 'last', '--json', '--resamples', '200').out) as SeedComparison;
    expect(all.groups.map((g) => g.seeds.length)).toEqual([2, 2]);
    expect(all.statistics.settings.draws).toBe(200);
    expect(lrlab('stats', '--at', 'noon')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^stats\.at:/) as string,
    });
    expect(lrlab('stats', '--power', '2').err).toMatch(/^stats\.options: .*--power/);
    expect(lrlab('figure', 'distanceBars', '--at', 'smallest', '--out', 'bars.csv').code).toBe(0);
    expect(readFileSync(path.join(home, 'bars.csv'), 'utf8')).toContain('statistic,BPTT − e-prop,');
  });

  it('imports trained networks, exports checkpoints of them and of its own', () => {
    const { dataset } = JSON.parse(lrlab('import', samplePath, '--json').out) as { dataset: { id: string } };
    const folder = writeModelFolder(path.join(home, 'theirs'));
    writeModelFolder(path.join(home, 'theirs'), { name: 'broken_lm0_x', settings: null });
    const { code, out, err } = lrlab('models', 'import', folder, '--data', dataset.id, '--json');
    expect(code, err).toBe(0);
    const { runs } = JSON.parse(out) as { runs: RunSummary[] };
    expect(runs).toMatchObject([{ ruleLabel: 'e-prop', analyzed: 3, origin: { folder } }]);
    expect(lrlab('runs').out).toMatch(/imported +e-prop/);
    expect(lrlab('runs', 'resume', runs[0].id)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^run\.imported/),
    });
    expect(lrlab('models', 'import', 'theirs', '--data', dataset.id)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/broken_lm0_x: published\.settings/),
    });

    const all = lrlab('models', 'export', runs[0].id, '--update', 'all', '--format', 'npz', '--out', 'out');
    expect(all.out.trim().split('\n')).toEqual(
      readdirSync(path.join(home, 'out')).map((name) => path.join(home, 'out', name)),
    );
    expect(lrlab('models', 'export', runs[0].id, '--update', '10', '--format', 'pth', '--out', 'ten.pth').code).toBe(0);
    expect(readFileSync(path.join(home, 'ten.pth')).subarray(0, 2).toString()).toBe('PK');
    expect(lrlab('models', 'export', runs[0].id, '--update', '11')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^export\.update.*updates 0, 10, 20/s),
    });
    lrlab('runs', 'remove', runs[0].id);
  });

  it("takes the published script's flags", () => {
    const flags = [
      '--learning_mode=1',
      '--random_seed=3',
      '--n_parameter_updates=2',
      '--n_recurrent=12',
      '--n_trials=8',
    ];
    const { code, out, err } = lrlab(
      'train',
      '--data',
      samplePath,
      ...flags,
      '--task_name=Hatsopoulos2007_x',
      '--test-trials',
      '8',
      '--json',
    );
    expect(code, err).toBe(0);
    const { runs } = JSON.parse(out) as { runs: RunSummary[] };
    expect(runs).toHaveLength(1);
    expect(runs[0].spec).toMatchObject({ rule: 'e-prop', seed: 3, model: { units: 12 }, training: { updates: 2 } });
    expect(lrlab('train', '--learning_mode=2')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^rule\.model:.*ModProp.*Dale's law/) as string,
    });
  });

  it('ends with 3 and names the reason when a run fails', () => {
    const { code, err } = lrlab(
      'train',
      '--data',
      samplePath,
      ...small,
      '--rules',
      'bptt',
      '--seeds',
      '1',
      '--activation',
      'ReLU',
      '--learning-rate',
      '1e38',
    );
    expect(code).toBe(3);
    expect(err).toMatch(/training\.diverged/);
  });

  it.each([
    ['a misspelt name', { seed: 3 }, 'plan.invalid', /"seed"/],
    ['no object', [1], 'plan.unreadable', /JSON object/],
    ['a figure that there is not', { figures: ['pie'] }, 'figure.unknown', /"pie"/],
  ])('refuses a plan with %s before anything is done', (_what, plan, code, says) => {
    const runs = (): number => (JSON.parse(lrlab('runs', '--json').out) as unknown[]).length;
    const before = runs();
    writeFileSync(path.join(home, 'plan.json'), JSON.stringify(plan));
    const { code: exit, err } = lrlab('train', ...small, '--plan', 'plan.json');
    expect([exit, err.split(':')[0]]).toEqual([1, code]);
    expect(err).toMatch(says);
    expect(runs()).toBe(before);
  });

  it('trains a task alone, without a recording', () => {
    const alone = ['--task', 'sine-on-cue', '--rules', 'bptt', '--seeds', '1'];
    const { code, out, err } = lrlab('train', ...small, ...alone, '--data', 'none', '--out', 'alone', '--json');
    expect(code, err).toBe(0);
    const { runs } = JSON.parse(out) as { runs: RunSummary[] };
    expect(runs).toMatchObject([{ state: 'done', distance: null, datasetName: 'No recording: Sine on cue' }]);
    expect(runs[0].testError).toBeGreaterThan(0);
    expect(readFileSync(path.join(home, 'alone', 'distanceVsUpdates.svg'), 'utf8')).toContain('nothing was recorded');
    const plan = lrlab('train', ...small, ...alone, '--print-plan').out;
    expect(JSON.parse(plan)).toMatchObject({ data: { recording: 'none' }, task: { id: 'sine-on-cue', settings: {} } });
    const unpreset = lrlab('train', '--task', 'sine-on-cue', '--data', 'none', '--print-plan').out;
    expect(JSON.parse(unpreset)).toMatchObject({ data: { recording: 'none' }, task: { id: 'sine-on-cue' } });
    expect(lrlab('train', ...small, '--data', 'none').err).toMatch(/^task\.recording: .*"sine-on-cue"/);
    expect(lrlab('train', ...small, '--task', 'chess').err).toMatch(/^task\.unknown: /);
  });

  it('tells in one line what the system refuses', () => {
    const file = path.join(home, 'no-folder');
    writeFileSync(file, '');
    const { code, err } = lrlab('--home', file, 'runs');
    expect(code).toBe(1);
    expect(err).toMatch(/^system: .*no-folder[^\n]*\n$/);
  });

  it('takes an empty number for none, not for 0', () => {
    expect(lrlab('train', ...small, '--alpha=')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^plan\.invalid:.*analysis\.alpha/) as string,
    });
  });

  it('says that a run needs more memory than there is', () => {
    const { code, err } = lrlab('train', ...small, '--rules', 'bptt', '--seeds', '1', '--n_T=1000000000');
    expect(code).toBe(3);
    expect(err).toMatch(/memory\.short: .*fewer trials, steps or units/);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('asks for the mapping of a plain array, and takes it as JSON or from a file', () => {
    const file = path.join(home, 'plain.npy');
    const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 4), }`.padEnd(117) + '\n';
    const values = Float32Array.from({ length: 24 }, (_, i) => i);
    writeFileSync(
      file,
      Buffer.concat([
        Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'),
        Buffer.from(header),
        Buffer.from(values.buffer),
      ]),
    );
    expect(lrlab('import', file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^data\.mapping:[\s\S]*2 × 3 × 4[\s\S]*--mapping/) as string,
    });
    const mapping = {
      array: null,
      axes: ['neuron', 'time', 'condition'],
      dtMs: 10,
      startMs: 0,
      alignment: 'go',
      name: 'Plain',
    };
    writeFileSync(path.join(home, 'mapping.json'), JSON.stringify(mapping));
    for (const given of [JSON.stringify(mapping), 'mapping.json']) {
      expect(lrlab('import', file, '--mapping', given).out).toMatch(
        /Plain: 2 neurons × 3 steps × 4 conditions, 0 to 20 ms from go/,
      );
    }
    expect(lrlab('import', file, '--mapping', '{"dtMs": 1}').err).toMatch(/^mapping\.invalid: .*axes/);
  });

  it('takes the guess at a file, or what was said of one that is built alike, and averages trials', () => {
    const write = (name: string, trials: number, t: string): void => {
      const rates = Float32Array.from({ length: trials * 5 * 3 }, (_, i) => Math.sin(i * i) + 2);
      const stim = Float32Array.from({ length: trials }, (_, i) => 45 * (i % 2));
      const times = Float32Array.from({ length: 5 }, (_, i) => 0.02 * i);
      const bytes = encodeNpz({
        rates: { shape: [trials, 5, 3], data: rates },
        stim: { shape: [trials], data: stim },
        [t]: { shape: [5], data: times },
      });
      writeFileSync(path.join(home, name), bytes);
    };
    write('day 1.npz', 8, 'time');
    write('day 2.npz', 12, 'time');
    write('other.npz', 12, 'seconds');
    const asked = lrlab('import', 'day 1.npz');
    expect(asked.code).toBe(1);
    expect(asked.err).toMatch(/rates: 8 × 5 × 3, float32[\s\S]*axis 1: as long as “stim”[\s\S]*step 20 ms/);
    const printed = /'(\{.*\})'/.exec(asked.err)![1];
    expect(JSON.parse(printed)).toMatchObject({ axes: ['trial', 'time', 'neuron'], conditionOf: ['stim'] });
    expect(lrlab('import', 'day 1.npz', '--mapping', 'last').err).toMatch(/^mapping\.none: /);

    const averages = /: 3 neurons × 5 steps × 2 conditions, 0 to 80 ms from go$/m;
    const said = printed.replace('alignment event', 'go');
    expect(lrlab('import', 'day 1.npz', '--mapping', said).out).toMatch(averages);
    const again = lrlab('import', 'day 2.npz', '--mapping', 'last');
    expect(again.out).toMatch(averages);
    expect(again.out).toContain('day 2:');
    expect(again.err).toMatch(/^Taken, as for day 1\.npz: \{/m);
    expect(lrlab('import', 'day 2.npz').err).toMatch(/As for day 2\.npz \(--mapping last\):\n {2}'\{/);
    expect(lrlab('import', 'other.npz', '--mapping', 'last').err).toMatch(/^mapping\.none: /);
    expect(lrlab('import', 'other.npz', '--mapping', 'guess').out).toMatch(/other: 3 neurons × 5 steps × 2 conditions/);
  });

  it('reads behaviour from a second file, with the recording or later, and says what it took for granted', () => {
    const [neural, emg, fewer] = ['neural.mat', 'emg.mat', 'fewer.mat'];
    writeFileSync(path.join(home, neural), neuralMat(27, 9));
    writeFileSync(path.join(home, emg), muscleMat());
    writeFileSync(path.join(home, fewer), muscleMat(20));
    const { out, err } = lrlab('import', neural, '--behaviour', emg);
    expect(out).toMatch(
      /9 neurons × 186 steps × 27 conditions, -1450 to 400 ms from movement onset; EMG: 7 signals, -250 to 400 ms/,
    );
    expect(err).toMatch(/196 steps[\s\S]*66 steps/);
    const alone = JSON.parse(lrlab('import', neural, '--json').out) as { dataset: { id: string } };
    expect(lrlab('datasets', 'add-behaviour', alone.dataset.id, emg).out).toBe(out);
    expect(lrlab('datasets').out).toMatch(/\+ EMG .* EMG +\w+/);

    expect(lrlab('import', emg).err).toMatch(/^data\.behaviour: .*--behaviour emg\.mat/);
    expect(lrlab('import', neural, '--behaviour', fewer)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^data\.conditions: .*27/) as string,
    });
    expect(lrlab('import', neural, '--behaviour-mapping', '{}').err).toMatch(/^mapping\.invalid: .*--behaviour FILE/);
    expect(lrlab('train', '--data', 'none', '--behaviour', emg).err).toMatch(/^plan\.behaviour: .*add-behaviour/);
  });
});

describeReference('lrlab models import without --data, in an empty workspace', () => {
  it('takes the task alone for the published decision networks, and imports no recording', () => {
    const empty = temporaryFolder();
    const name = referenceList('checkpoints').find((n) => n.startsWith('Mante'))!;
    const { code, out, err } = lrlab('--home', empty, 'models', 'import', referencePath('checkpoints', name), '--json');
    expect(code, err).toBe(0);
    const { runs } = JSON.parse(out) as { runs: RunSummary[] };
    expect(runs).toMatchObject([{ spec: { task: { id: 'context-decision' } }, error: null, distance: null }]);
    const datasets = JSON.parse(lrlab('--home', empty, 'datasets', '--json').out) as { source: { layout: string } }[];
    expect(datasets.map((d) => d.source.layout)).toEqual(['none']);
    removeFolder(empty);
  });
});

describeReference('lrlab reproduce seed-exact', () => {
  const name = (rule: number): string =>
    `Hatsopoulos2007_retanh_nrecurrent200_activitynoisestd0.0_rng1_lm${rule}_lr0.0003_l210.0_g01.0`;

  it.each([
    ['e-prop', 1, '50', [0, 1, 2, 3, 4, 5, 25, 50]],
    ['bptt', 0, '5', [0, 1, 2, 3, 4, 5]],
  ])('repeats the stored %s run from its seed alone', (rule, number, upTo, updates) => {
    const { code, out, err } = lrlab(
      'reproduce',
      'seed-exact',
      '--checkpoints',
      referencePath('checkpoints', name(number)),
      '--updates',
      upTo,
      '--json',
    );
    expect(code, err).toBe(0);
    const report = JSON.parse(out) as { rule: string; exact: boolean; updates: { update: number }[] };
    expect(report).toMatchObject({ rule, exact: true });
    expect(report.updates.map((u) => u.update)).toEqual(updates);
  });

  it('says that it is not exact when another rule trained the stored run', () => {
    const folder = path.join(home, name(0));
    mkdirSync(folder);
    const stored = referencePath('checkpoints', name(1));
    for (const file of readdirSync(stored)) symlinkSync(path.join(stored, file), path.join(folder, file));
    const { code, out } = lrlab('reproduce', 'seed-exact', '--checkpoints', folder, '--updates', '2');
    expect(code).toBe(3);
    expect(out).toMatch(/not exact/);
  });

  it.each([
    ['--engine', 'abacus'],
    ['--threads', '0'],
  ])('refuses %s %s in words', (option, value) => {
    const folder = referencePath('checkpoints', name(1));
    expect(lrlab('reproduce', 'seed-exact', '--checkpoints', folder, option, value)).toMatchObject({
      code: 1,
      err: expect.stringMatching(new RegExp(`^reproduce\\.engine: .*${option.slice(2)}`)) as string,
    });
  });

  it.each([
    ['no folder', 'nowhere', 'file.missing'],
    ['a folder without parameters', '.', 'published.parameters'],
  ])('names what is missing: %s', (_what, folder, code) => {
    const { code: exit, err } = lrlab('reproduce', 'seed-exact', '--checkpoints', folder);
    expect(exit).toBe(1);
    expect(err).toMatch(new RegExp(`^${code}:`));
  });
});
