import type { Call, Protocol } from './call.ts';

/** An answer as it goes over the wire: header names and values in turn, as node:http has them raw. */
export type Reply = { status: number; headers: string[]; body: Buffer };

/** An error as AWS models it, before it has the shape of a protocol. */
export type AwsError = { code: string; status: number; message: string };

const requestId = '00000000-0000-4000-8000-000000000000';
const type = (contentType: string) => ['content-type', contentType, 'x-amzn-requestid', requestId];
const xml = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`);

/** An answer in JSON. */
export function jsonReply(value: unknown, status = 200): Reply {
  return { status, headers: type('application/json'), body: Buffer.from(JSON.stringify(value)) };
}

/** An answer in XML. */
export function xmlReply(text: string, status = 200): Reply {
  return { status, headers: type('text/xml'), body: xml(text) };
}

const shapes = {
  ec2: ({ status, code, message }) =>
    xmlReply(
      `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors>` +
        `<RequestID>${requestId}</RequestID></Response>`,
      status,
    ),
  query: ({ status, code, message }) =>
    xmlReply(
      `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code>` +
        `<Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      status,
    ),
  json: ({ status, code, message }) => jsonReply({ __type: code, message }, status),
  'rest-json': ({ status, code, message }) => {
    const reply = jsonReply({ message }, status);
    return { ...reply, headers: [...reply.headers, 'x-amzn-errortype', code] };
  },
  s3: ({ status, code, message }) =>
    xmlReply(
      `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`,
      status,
    ),
  s3control: ({ status, code, message }) =>
    xmlReply(
      `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
      status,
    ),
} satisfies Record<Protocol, (error: AwsError) => Reply>;

/** The error in the shape that the call's protocol gives it. */
export const errorReply = (call: Call, error: AwsError): Reply => shapes[call.protocol](error);

/** The code and HTTP status that each protocol's services use, as the SDKs' retry rules and AWS's error lists have them. */
const codes = {
  ec2: {
    denied: ['UnauthorizedOperation', 403],
    throttled: ['RequestLimitExceeded', 503],
    failed: ['InternalError', 500],
  },
  query: { denied: ['AccessDenied', 403], throttled: ['Throttling', 400], failed: ['InternalFailure', 500] },
  json: {
    denied: ['AccessDeniedException', 400],
    throttled: ['ThrottlingException', 400],
    failed: ['InternalFailure', 500],
  },
  'rest-json': {
    denied: ['AccessDeniedException', 403],
    throttled: ['TooManyRequestsException', 429],
    failed: ['InternalFailure', 500],
  },
  s3: { denied: ['AccessDenied', 403], throttled: ['SlowDown', 503], failed: ['InternalError', 500] },
  s3control: { denied: ['AccessDenied', 403], throttled: ['SlowDown', 503], failed: ['InternalError', 500] },
} as const satisfies Record<Protocol, Record<'denied' | 'throttled' | 'failed', readonly [string, number]>>;

export function denied(call: Call): Reply {
  const [code, status] = codes[call.protocol].denied;
  const message =
    `User: arn:aws:iam::123456789012:user/securecart is not authorized to perform: ${call.action} ` +
    `because no identity-based policy allows the ${call.action} action`;
  return errorReply(call, { code, status, message });
}

export function throttled(call: Call): Reply {
  const [code, status] = codes[call.protocol].throttled;
  return errorReply(call, { code, status, message: 'Rate exceeded' });
}

export function failed(call: Call): Reply {
  const [code, status] = codes[call.protocol].failed;
  return errorReply(call, { code, status, message: 'An internal error occurred' });
}

/** The answer with another body. */
export function withBody(reply: Reply, text: string): Reply {
  const body = Buffer.from(text);
  const headers = reply.headers.map((value, index, all) =>
    index % 2 === 1 && all[index - 1]?.toLowerCase() === 'content-length' ? String(body.length) : value,
  );
  return { ...reply, headers, body };
}

/** What the pattern's group stands for in the answer; empty where it is nowhere. */
export const firstOf = (pattern: RegExp, { body }: Reply): string => pattern.exec(body.toString())?.[1] ?? '';
