/** Distance on conditions left out against distance on those the alignment was fitted to, one point per checkpoint. */
import { leaveOneConditionOut } from '../analysis/protocols/leaveOneConditionOut.ts';
import { sayingUnrecorded } from './distanceReferences.ts';
import type { Figure } from './figure.ts';
import type { FigureDefinition } from './figureInput.ts';
import { noMean } from './overSeeds.ts';
import { seedLines } from './seedLines.ts';

const [test, train] = leaveOneConditionOut.parts;

export const trainVsTest: FigureDefinition = {
  id: 'trainVsTest',
  label: 'Conditions left out against conditions aligned',
  summary: 'Whether the alignment with the recording carries over to conditions that it was not fitted to.',
  needs: 'results',
  describe(input) {
    const { id, better, notes } = input.distance;
    const marks = seedLines(
      input.curves,
      ({ values }) => {
        const [x, y] = [values[`${id}.${train.id}`] ?? null, values[`${id}.${test.id}`] ?? null];
        return x === null || y === null ? null : { x, y };
      },
      () => noMean,
      input,
    );
    const known = marks.lines.length > 0;
    const farther = better === 'higher' ? 'Below' : 'Above';
    const figure: Figure = {
      id: this.id,
      title: 'Distance on conditions left out against conditions aligned',
      x: { label: `Distance ${train.label}`, scale: 'linear', min: null, max: null },
      y: { label: `Distance ${test.label}`, scale: 'linear', min: null, max: null },
      ...marks,
      diagonal: 'equal',
      aspect: 'equal',
      references: [],
      whyEmpty: `Measure by “${leaveOneConditionOut.label}” to see this`,
      notes: [
        ...(!known
          ? [`Needs distances by “${leaveOneConditionOut.label}”: choose it where the metric is chosen.`]
          : [
              `Lines follow training from checkpoint to checkpoint. ${farther} the diagonal the alignment fits the conditions that it learned from better than others.`,
            ]),
        ...marks.notes,
        ...notes,
      ],
    };
    return sayingUnrecorded(figure, input);
  },
};
