import type { Case } from './control-test.ts';

/** The case of a database of an engine that the baseline does not place. */
export const ofAnotherEngine: Readonly<Record<string, Case>> = {
  'another engine is told of, and not judged': {
    given: facts => {
      for (const instance of facts['rds.dbInstances']) instance.engine = 'mysql';
    },
    expect: [
      {
        status: 'not-applicable',
        resource: 'shop',
        message: 'The engine is mysql, and the baseline places only databases for postgres.',
      },
    ],
  },
};

/** The cases of databases that the baseline does not place, which every control of a database's place in the VPC has. */
export const elsewhere: Readonly<Record<string, Case>> = {
  ...ofAnotherEngine,
  'a database in another VPC is told of': {
    given: facts => {
      for (const instance of facts['rds.dbInstances']) instance.vpc = 'vpc-0b';
    },
    expect: [
      {
        status: 'not-applicable',
        resource: 'shop',
        message: "It stands in vpc-0b, which is not the baseline's VPC.",
      },
    ],
  },
};
