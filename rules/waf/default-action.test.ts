import {
  BEHIND,
  COUNTRIES,
  geo,
  instead,
  ipSet,
  known,
  rule,
  withEmptyAllowList,
  withWebAcl,
} from '../../test/builders/protection.ts';
import { OWNER, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import defaultAction from './default-action.ts';

const office = `arn:aws:wafv2:${REGION}:${OWNER}:regional/ipset/office/set-9`;
const shut = {
  status: 'fail' as const,
  resource: 'acl-1',
  message: `Nothing gets through to ${BEHIND}: the default action is Block, and no rule allows anything.`,
  expected: 'allow',
  actual: 'block',
};

testControl(defaultAction, {
  'a default of Block behind a rule group that allows nobody': {
    given: withEmptyAllowList({ defaultAction: 'block' }),
    expect: [shut],
  },
  'a default of Allow is no fault where rules block': {
    expect: [{ status: 'pass', resource: 'acl-1', message: 'What no rule blocks gets through.' }],
  },
  'a default of Block behind a rule that allows': {
    given: withWebAcl(instead(1, rule('9 Approved', 'allow', geo(...COUNTRIES))), { defaultAction: 'block' }),
    expect: [
      {
        status: 'pass',
        resource: 'acl-1',
        message: 'What rule 9 Approved allows gets through; the rest is blocked by default.',
      },
    ],
  },
  'a default of Block and nothing that allows': {
    given: withWebAcl(rules => rules, { defaultAction: 'block' }),
    expect: [shut],
  },
  'a default of Block, and the rule that allows names an empty set': {
    given: facts => {
      withWebAcl(rules => [...rules, rule('9 Office', 'allow', ipSet(office))], { defaultAction: 'block' })(
        facts,
      );
      facts['wafv2.ipSets'].push({ arn: office, name: 'office', addresses: known([]) });
    },
    expect: [shut],
  },
});
