import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stub says to one call; nothing means that it never answers. */
export type Answer = { status?: number; body: string } | undefined;

/**
 * A server that answers with what `answer` says: for what moto cannot be made to do, such as pages. Of a call in JSON,
 * `Action` is the operation and `Json` the body.
 */
export async function startStub(answer: (parameters: URLSearchParams) => Answer) {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const operation = request.headers['x-amz-target']?.toString().split('.').at(-1);
      const json = operation === undefined ? body : { Action: operation, Json: body };
      const said = answer(new URLSearchParams(json));
      if (said === undefined) return;
      response.writeHead(said.status ?? 200, { 'content-type': 'text/xml' }).end(said.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = addressOf(server.address());
  return {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'AKIASTUB000000000000',
      AWS_SECRET_ACCESS_KEY: 'stub',
      AWS_REGION: 'eu-west-1',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The stub has no port.');
  return address;
}

/** The answer to GetCallerIdentity. */
export const caller = {
  body: `<GetCallerIdentityResponse><GetCallerIdentityResult>
    <Arn>arn:aws-cn:iam::123456789012:user/auditor</Arn><UserId>AIDASTUB</UserId><Account>123456789012</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`,
};
