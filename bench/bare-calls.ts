import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import PQueue from 'p-queue';

interface Call {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What went through a recorder: the requests, and how many of them were under way at once at the most. */
export interface Recording {
  readonly calls: readonly Call[];
  readonly concurrency: number;
}

/** Stands before `target` and keeps what goes through, until it is stopped. */
export async function record(target: string): Promise<{ url: string; stop: () => Recording }> {
  const calls: Call[] = [];
  let underWay = 0;
  let concurrency = 0;
  const agent = new Agent({ keepAlive: true });
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    underWay += 1;
    concurrency = Math.max(concurrency, underWay);
    const call = {
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
      body: await buffer(incoming),
    };
    calls.push(call);
    const answer = await send(target, call, agent);
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    underWay -= 1;
  };
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(error => outgoing.destroy(error));
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the recorder has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      return { calls, concurrency };
    },
  };
}

/** Sends the same requests again, as many at once, and reads the answers: the least that they could take. In ms. */
export async function replay(
  target: string,
  { calls, concurrency }: Pick<Recording, 'calls' | 'concurrency'>,
): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const queue = new PQueue({ concurrency });
  const started = performance.now();
  await queue.addAll(calls.map(call => () => send(target, call, agent)));
  agent.destroy();
  return performance.now() - started;
}

async function send(target: string, call: Call, agent: Agent) {
  const { hostname, port } = new URL(target);
  return await new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>(
    (resolve, reject) => {
      const { method, path, headers } = call;
      request({ hostname, port, method, path, headers, agent }, response => {
        buffer(response).then(
          body => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          reject,
        );
      })
        .on('error', reject)
        .end(call.body);
    },
  );
}
