import { buildCompliantAccount } from '../compliant-account.ts';
import { deleteDefaultVpc } from '../vpc.ts';
import { countingWaf } from './counting-waf.ts';
import { driftedGroups } from './drifted-groups.ts';
import { legacyShop } from './legacy-shop.ts';
import { literal } from './literal.ts';
import { misplacedTiers } from './misplaced-tiers.ts';
import { openApis } from './open-apis.ts';
import { openDatabase } from './open-database.ts';
import { openStorage } from './open-storage.ts';
import { shadowedNacls } from './shadowed-nacls.ts';
import type { State } from './state.ts';
import { twoOfEverything } from './two-of-everything.ts';
import { unreadable } from './unreadable.ts';

/** The states by the name of their folder in fixtures/. */
export const states = {
  compliant: { build: clients => buildCompliantAccount(clients) },
  'counting-waf': countingWaf,
  'drifted-groups': driftedGroups,
  empty: { build: deleteDefaultVpc },
  'legacy-shop': legacyShop,
  literal,
  'misplaced-tiers': misplacedTiers,
  'open-apis': openApis,
  'open-database': openDatabase,
  'open-storage': openStorage,
  'shadowed-nacls': shadowedNacls,
  'two-of-everything': twoOfEverything,
  unreadable,
} satisfies Record<string, State>;
