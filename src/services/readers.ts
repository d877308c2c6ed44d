import type { FactName } from './facts.ts';
import type { ApiCall, Readers } from './reader.ts';

/** The readers of these facts. A service's part of the SDK loads only when one of its facts is asked for. */
export async function loadReaders(facts: readonly FactName[]): Promise<Partial<Readers>> {
  const isAsked = (service: string) => facts.some(name => name.startsWith(`${service}.`));
  return {
    ...(isAsked('ec2') && (await import('./ec2/read.ts')).ec2Readers),
    ...(isAsked('elbv2') && (await import('./elbv2/read.ts')).elbv2Readers),
    ...(isAsked('rds') && (await import('./rds/read.ts')).rdsReaders),
    ...(isAsked('ecs') && (await import('./ecs/read.ts')).ecsReaders),
    ...(isAsked('lambda') && (await import('./lambda/read.ts')).lambdaReaders),
    ...(isAsked('wafv2') && (await import('./wafv2/read.ts')).wafv2Readers),
    ...(isAsked('cognito') && (await import('./cognito/read.ts')).cognitoReaders),
    ...(isAsked('apigateway') && (await import('./apigateway/read.ts')).apiGatewayReaders),
    ...(isAsked('s3') && (await import('./s3/read.ts')).s3Readers),
    ...(isAsked('kms') && (await import('./kms/read.ts')).kmsReaders),
    ...(isAsked('ebs') && (await import('./ebs/read.ts')).ebsReaders),
    ...(isAsked('logs') && (await import('./logs/read.ts')).logsReaders),
    ...(isAsked('iam') && (await import('./iam/read.ts')).iamReaders),
    ...(isAsked('cloudtrail') && (await import('./cloudtrail/read.ts')).cloudTrailReaders),
    ...(isAsked('secretsmanager') && (await import('./secretsmanager/read.ts')).secretsManagerReaders),
    ...(isAsked('ssm') && (await import('./ssm/read.ts')).ssmReaders),
    ...(isAsked('apigatewayv2') && (await import('./apigatewayv2/read.ts')).apiGatewayV2Readers),
  };
}

/** These facts and those that their readers look at, directly or through others. */
export async function withNeeded(facts: readonly FactName[]): Promise<FactName[]> {
  const all = new Set(facts);
  for (const name of all) {
    const reader = (await loadReaders([name]))[name];
    // The set grows while it is walked, so that what is needed is walked as well.
    for (const needed of reader?.needs ?? []) all.add(needed);
  }
  return [...all].sort();
}

/** Every call that reading these facts may make, those of the facts they look at included; each once, by name. */
export async function callsFor(facts: readonly FactName[]): Promise<ApiCall[]> {
  const all = await withNeeded(facts);
  const readers = await loadReaders(all);
  const calls = new Map(all.flatMap(name => readers[name]?.calls ?? []).map(call => [call.call, call]));
  return [...calls.values()].sort((a, b) => (a.call < b.call ? -1 : 1));
}
