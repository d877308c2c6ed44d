import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { OWNER } from '../../test/builders/place.ts';
import { trail } from '../../test/builders/trails.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './file-validation.ts';

const unasked = (baseline: Baseline): Baseline => ({
  ...baseline,
  cloudTrail: { ...baseline.cloudTrail, files: { ...baseline.cloudTrail.files, validated: false } },
});

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource: 'securecart', message: 'Its files are signed.' }],
  },
  'no trail': {
    given: facts => {
      facts['cloudtrail.trails'] = [];
    },
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no trail to judge.' }],
  },
  'files that are not signed': {
    given: facts => {
      facts['cloudtrail.trails'] = [trail({ validated: false })];
    },
    expect: [
      {
        status: 'fail',
        resource: 'securecart',
        message: 'Its files are not signed: nobody can tell whether one was altered or is missing.',
      },
    ],
  },
  'a baseline that does not ask for it': {
    baseline: unasked,
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'The baseline does not ask for it.' }],
  },
});
