import { REGION } from '../../test/builders/place.ts';
import { refused } from '../../test/builders/protection.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicDocuments from './public-documents.ts';

const resource = 'restart-backend';
const sharedWith =
  (...value: string[]) =>
  (facts: Facts) => {
    facts['ssm.documents'] = [{ name: resource, sharedWith: { kind: 'known', value } }];
  };

testControl(publicDocuments, {
  'shared with nobody': {
    expect: [{ status: 'pass', resource, message: 'It is shared with nobody.' }],
  },
  'shared with an account': {
    given: sharedWith('999999999999'),
    expect: [{ status: 'pass', resource, message: 'It is shared with 999999999999, and not with everyone.' }],
  },
  'shared with everyone': {
    given: sharedWith('999999999999', 'all'),
    expect: [{ status: 'fail', resource, message: 'Everyone with an account of AWS’s can read it.' }],
  },
  'a document whose sharing cannot be read': {
    given: facts => {
      facts['ssm.documents'] = [{ name: resource, sharedWith: refused('ssm:DescribeDocumentPermission') }];
    },
    expect: [{ status: 'unknown', resource }],
  },
  'no document': {
    given: facts => {
      facts['ssm.documents'] = [];
    },
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
