import { defineControl } from '../../src/findings/control.ts';
import { webAclRows } from '../../src/findings/waf/rows.ts';

export default defineControl({
  ...webAclRows({ kind: 'countries', threat: 'a request from every country' }),
  id: 'waf/approved-countries',
  title: 'The web ACL lets in the approved countries, and no others',
  severity: 'medium',
  rationale:
    'A country where the shop has no customers sends it attacks and nothing else; one that is left out by mistake has customers who see an error. Both lists are compared as sets, whichever way the rules are written.',
  remediation:
    'Add a rule that blocks what is not from the approved countries: the action Block on a Not statement around a geographic match of exactly their codes, by the address of the connection, with no Allow rule before it.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-geo-match.html',
    'https://docs.aws.amazon.com/waf/latest/APIReference/API_GeoMatchStatement.html',
  ],
  frameworks: {},
});
