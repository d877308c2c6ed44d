import { expect, test } from 'vitest';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { emulated } from './emulated.ts';
import { fix, undo } from './live.ts';
import { apisState, buildBareHttpApi, buildBareRestApi } from './open-apis.ts';
import { look, partOf, planToBuild, shortcomings } from './provisioned.ts';
import { whole } from './spoil-each.ts';

const on = emulated();

/** What an apply does of user pools and APIs. */
const planNow = async (): Promise<Plan> =>
  partOf(planToBuild(await look()), 'cognito-idp', 'apigateway', 'apigatewayv2');

test('APIs that are there get an authorizer of the pool that is created along, and lose it with that', async () => {
  const path = on.file('apply');
  await buildBareRestApi(on.aws);
  await buildBareHttpApi(on.aws);
  const prior = await apisState(on.aws);
  const plan = await planNow();
  const created = { $created: 'new-user-pool-customers/create' };
  const inputs = new Map(changesOf(plan).map(({ object, call }) => [object.kind, call.input]));
  expect(inputs.get('rest-authorizer')).toMatchObject({
    providerARNs: [{ $text: ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/', created] }],
  });
  expect(inputs.get('http-authorizer')).toMatchObject({
    Issuer: { $text: ['https://cognito-idp.eu-west-1.amazonaws.com/', created] },
  });
  expect(await fix(plan, path, on.account)).toEqual(whole);
  const { rest, http } = await apisState(on.aws);
  expect([rest, http]).toMatchObject([
    [
      {
        authorizers: [{ name: 'securecart-customers' }],
        methods: [{ name: 'ANY /stock', authorizerId: 'securecart-customers' }, {}],
      },
    ],
    [{ authorizers: [{ Name: 'securecart-customers' }], routes: [{ AuthorizerId: 'securecart-customers' }] }],
  ]);
  // What callers of the REST API meet waits for its deployment, which is not for an apply to make.
  expect(shortcomings(await look()).filter(text => text.startsWith('api-gateway/'))).toEqual([
    expect.stringContaining('ANY /stock asks for no token in stage prod, though it is configured to since'),
  ]);
  expect(changesOf(await planNow())).toEqual([]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await apisState(on.aws)).toEqual(prior);
});
