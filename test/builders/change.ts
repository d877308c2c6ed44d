import type { NetworkInterface, Route } from '../../src/services/ec2/facts.ts';
import { entry, type Facts, GROUP, rule } from './shop.ts';

/** Adds rules to a group of the shop: `sgr-1`, `sgr-2`, … by their words. */
export const addRules =
  (group: string, ...words: string[]) =>
  (facts: Facts): void => {
    facts['ec2.securityGroupRules'].push(
      ...words.map((text, index) => rule(`sgr-${index + 1}`, group, text)),
    );
  };

/** Puts rules, named as those of `addRules`, in the place of one that the shop has. */
export const replaceRule =
  (id: string, group: string, ...words: string[]) =>
  (facts: Facts): void => {
    facts['ec2.securityGroupRules'] = facts['ec2.securityGroupRules'].filter(rule => rule.id !== id);
    addRules(group, ...words)(facts);
  };

/** Adds entries to a network ACL of the shop, by their words. */
export const addEntries =
  (acl: string, ...words: string[]) =>
  (facts: Facts): void => {
    for (const { id, entries } of facts['ec2.networkAcls']) if (id === acl) entries.push(...words.map(entry));
  };

/** Puts entries in the place of those with one number, in the direction of the first. */
export const replaceEntry =
  (acl: string, place: string, ...words: string[]) =>
  (facts: Facts): void => {
    const [direction, number] = place.split(' ');
    for (const one of facts['ec2.networkAcls']) {
      if (one.id !== acl) continue;
      one.entries = one.entries.filter(
        ({ egress, number: own }) => egress !== (direction === 'outbound') || own !== Number(number),
      );
    }
    addEntries(acl, ...words)(facts);
  };

/** All of the changes, one after the other. */
export const changes =
  (...all: ((facts: Facts) => unknown)[]) =>
  (facts: Facts): void => {
    for (const change of all) change(facts);
  };

/** Adds routes to a route table of the shop. */
export const addRoutes =
  (table: string, ...routes: Route[]) =>
  (facts: Facts): void => {
    for (const { id, routes: own } of facts['ec2.routeTables']) if (id === table) own.push(...routes);
  };

/** Changes the network interfaces of the shop that have one of its groups. */
export const changeInterfaces =
  (group: string, change: (one: NetworkInterface) => unknown) =>
  (facts: Facts): void => {
    for (const one of facts['ec2.networkInterfaces']) if (one.securityGroups.includes(group)) change(one);
  };

/** Gives the database a public address. */
export const publicDatabase = changeInterfaces(GROUP.rds, one => {
  one.publicAddress = '198.51.100.20';
});
