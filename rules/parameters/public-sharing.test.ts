import { REGION } from '../../test/builders/place.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicSharing from './public-sharing.ts';

testControl(publicSharing, {
  blocked: {
    expect: [{ status: 'pass', resource: REGION, message: 'No document can be shared with everyone.' }],
  },
  'not blocked, though no document is public': {
    given: facts => {
      facts['ssm.publicSharing'] = true;
    },
    expect: [{ status: 'fail', resource: REGION, message: 'A document can be shared with everyone.' }],
  },
});
