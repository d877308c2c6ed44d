import type { Api } from '../../model/baseline/identity.ts';
import { UnknownFact, type UnknownReason } from '../../model/fact.ts';
import type { Outcome } from '../control.ts';

/** What keeps a method or a route from asking for a token of the baseline's pools. */
export type Gap =
  /** It asks for nothing. */
  | { readonly kind: 'open' }
  | { readonly kind: 'otherAuthorization'; readonly authorization: string }
  | { readonly kind: 'authorizerGone'; readonly authorizer: string }
  /** Its authorizer takes the tokens of others. */
  | { readonly kind: 'foreignPool'; readonly pools: string };

/** Whether the baseline lets a method or a route be public: browsers ask OPTIONS without credentials, and some are listed. */
export const isException = (
  { exceptMethods, exceptRoutes }: Api['authorization'],
  verb: string,
  path: string,
): boolean =>
  exceptMethods.some(method => method === verb) ||
  exceptRoutes.some(({ route }) => route === `${verb} ${path}`);

/** How a gap is told, of a REST API's method and an HTTP API's route alike. */
export const gapMessages = {
  open: '{endpoint} asks for no token{where}: anyone on the internet can call it.',
  otherAuthorization:
    '{endpoint} is authorized by {authorization}{where}: a customer who is signed in is not who it asks for.',
  authorizerGone: '{endpoint} names the authorizer {authorizer}{where}, which the API does not have.',
  foreignPool:
    '{endpoint} takes the tokens of {pools}{where}, whose users are not the customers of the baseline.',
} as const;

/** What fills the message of a gap. */
export function gapData(
  gap: { readonly kind: string },
  endpoint: string,
  where: string,
): Record<string, string> {
  const data = Object.entries(gap).filter(([name]) => name !== 'kind');
  return { endpoint, where, ...Object.fromEntries(data) };
}

/** Judges each of an API's endpoints; what all of them lack is told once, since one denied call can hide hundreds. */
export function* judgeEndpoints<Endpoint, Message extends string>(
  endpoints: Iterable<Endpoint>,
  about: Pick<Outcome, 'resource' | 'row' | 'severity'>,
  judge: (endpoint: Endpoint) => Iterable<Outcome<Message>>,
): Iterable<Outcome<Message>> {
  const reasons = new Map<string, UnknownReason>();
  for (const endpoint of endpoints) {
    try {
      const outcomes = [...judge(endpoint)];
      yield* outcomes;
    } catch (error) {
      if (!(error instanceof UnknownFact)) throw error;
      reasons.set(error.reason.call, error.reason);
    }
  }
  for (const [call, reason] of reasons) yield { status: 'unknown', ...about, key: call, reason };
}
