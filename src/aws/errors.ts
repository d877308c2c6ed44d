import { SecureCartError } from '../model/error.ts';
import type { UnknownReason } from '../model/fact.ts';

/** A call to AWS that failed for good, after its retries; `cause` is what the SDK threw. */
export class CallError extends Error {
  override readonly name = 'CallError';
  /** The call as IAM would name it, such as `ec2:DescribeVpcs`. */
  readonly call: string;
  /** AWS's error code, or the SDK's or Node's where AWS gave no answer. */
  readonly code: string;
  /** The answer's HTTP status, where there was one. */
  readonly status: number | undefined;

  constructor(call: string, cause: unknown) {
    super(scrub(cause instanceof Error ? cause.message : String(cause)), { cause });
    this.call = call;
    this.code = codeOf(cause);
    this.status = statusOf(cause);
  }
}

/** `closed`: the caller's identity is good, but the Region or the service does not know it; no IAM action is missing. */
type Meaning = UnknownReason['kind'] | 'closed' | 'expired' | 'no-credentials';

const meanings = new Map<string, Meaning>([
  ['AccessDenied', 'denied'],
  ['AccessDeniedException', 'denied'],
  ['AuthorizationError', 'denied'],
  ['AuthorizationErrorException', 'denied'],
  ['NotAuthorized', 'denied'],
  ['NotAuthorizedException', 'denied'],
  ['UnauthorizedOperation', 'denied'],
  ['AuthFailure', 'closed'],
  ['InvalidClientTokenId', 'closed'],
  ['InvalidSignatureException', 'closed'],
  ['OptInRequired', 'closed'],
  ['SignatureDoesNotMatch', 'closed'],
  ['SubscriptionRequiredException', 'closed'],
  ['UnrecognizedClientException', 'closed'],
  ['ExpiredToken', 'expired'],
  ['ExpiredTokenException', 'expired'],
  ['RequestExpired', 'expired'],
  ['CredentialsProviderError', 'no-credentials'],
  ['TokenProviderError', 'no-credentials'],
  ['BandwidthLimitExceeded', 'throttled'],
  ['EC2ThrottledException', 'throttled'],
  ['PriorRequestNotComplete', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['RequestThrottled', 'throttled'],
  ['RequestThrottledException', 'throttled'],
  ['SlowDown', 'throttled'],
  ['ThrottledException', 'throttled'],
  ['Throttling', 'throttled'],
  ['ThrottlingException', 'throttled'],
  ['TooManyRequestsException', 'throttled'],
  ['ETIMEDOUT', 'timeout'],
  ['RequestTimeout', 'timeout'],
  ['RequestTimeoutException', 'timeout'],
  ['TimeoutError', 'timeout'],
  ['InvalidAction', 'unsupported'],
  ['NotImplemented', 'unsupported'],
  ['UnknownOperation', 'unsupported'],
  ['UnknownOperationException', 'unsupported'],
  ['UnsupportedOperation', 'unsupported'],
  ['CERT_HAS_EXPIRED', 'network'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network'],
  ['EAI_AGAIN', 'network'],
  ['ECONNREFUSED', 'network'],
  ['ECONNRESET', 'network'],
  ['EHOSTUNREACH', 'network'],
  ['ENETUNREACH', 'network'],
  ['ENOTFOUND', 'network'],
  ['EPIPE', 'network'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'network'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'network'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network'],
]);

/** What the failure means for whoever asked. */
export function meaningOf({ code, status, cause }: CallError): Meaning {
  const meaning = meanings.get(code);
  if (meaning !== undefined) return meaning;
  if (status === 429) return 'throttled';
  // A server's error that is none of AWS's own: a page in HTML from an emulator, or from a proxy, that lacks the call.
  const isForeign = status !== undefined && status >= 500 && !isServiceException(cause);
  return isForeign ? 'unsupported' : 'failed';
}

/**
 * The reason for which a fact stays unknown; `action` is the IAM action that the call needs. Throws SecureCartError
 * where the credentials are at an end: nothing can be read then, and the user can mend it.
 */
export function reasonFor(error: CallError, action: string): UnknownReason {
  const { call, code, message } = error;
  const meaning = meaningOf(error);
  if (call === 'sts:AssumeRole' || meaning === 'expired' || meaning === 'no-credentials') {
    throw credentialsError(error);
  }
  const told = { code, message };
  // In the order of the schema, so that a reason is told in the same bytes before and after it was in a file.
  if (meaning === 'denied') return { kind: meaning, call, action, error: told };
  return { kind: meaning === 'closed' ? 'denied' : meaning, call, error: told };
}

/** What the user is told when AWS does not accept who asks. */
export function credentialsError(error: CallError): SecureCartError {
  const isExpired = meaningOf(error) === 'expired';
  const detail = `${error.call} says ${error.code}: ${error.message}`;
  const suggestion = isExpired
    ? 'Sign in again (aws sso login), or renew the keys, and run the command again.'
    : 'Pass --profile NAME, or set AWS_PROFILE, or sign in (aws sso login). aws sts get-caller-identity must work first.';
  return new SecureCartError('credentials-unusable', detail, { suggestion, cause: error });
}

/** What the user is told of a call that failed, where the command ends by it. */
export function callError(error: CallError): SecureCartError {
  const meaning = meaningOf(error);
  if (meaning === 'expired' || meaning === 'no-credentials') return credentialsError(error);
  const { call, code, message } = error;
  return new SecureCartError('call-failed', `${call}: ${code}: ${message}`, { cause: error });
}

/** Whether AWS refused the request because there were too many. */
export const isThrottle = (error: unknown): boolean =>
  meanings.get(codeOf(error)) === 'throttled' || statusOf(error) === 429;

/** AWS's error code, else the SDK's or Node's. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}

/** The HTTP status of an answer, or of the answer that made an error. */
export function statusOf(answer: unknown): number | undefined {
  const metadata = field(answer, '$metadata');
  const status = field(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

function field(value: unknown, name: string): unknown {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.find(([key]) => key === name)?.[1];
}

const isServiceException = (error: unknown): boolean =>
  error instanceof Error && '$fault' in error && error.name !== 'UnknownError' && error.name !== 'Unknown';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const scrubs: readonly [RegExp, string][] = [
  [/\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b/g, '(key id)'],
  [/(Encoded authorization failure message:)\s*\S+/gi, '$1 (left out)'],
  [/(:assumed-role\/[^/\s]+)\/[\w+=,.@-]+/g, '$1'],
  [new RegExp(`[\\s,;(]*\\b(?:request ?id)\\b\\s*[:=]\\s*(?:${uuid}|[\\w/+=-]+)\\)?`, 'gi'), ''],
  [new RegExp(uuid, 'gi'), '(id)'],
];

/** A message of AWS's on one line, without what differs from run to run or should not be seen: ids of requests and keys, session names, the encoded authorization. */
export function scrub(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ').trim();
  return scrubs.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead), line).slice(0, 400);
}
