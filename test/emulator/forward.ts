import { request as httpRequest } from 'node:http';
import type { Request } from './call.ts';
import type { Reply } from './reply.ts';

/** Hop-by-hop headers, and those whose value follows from the body being sent whole. */
const ours = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect']);

/** Sends the request to moto as it came, and gives moto's answer as it came. */
export function forward(port: number, request: Request): Promise<Reply> {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    ours.has(name) || value === undefined ? [] : [[name, value] as const],
  );
  return new Promise((resolve, reject) => {
    const { method, target: path, body } = request;
    const outgoing = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...Object.fromEntries(headers), 'content-length': body.length },
      },
      incoming => {
        const chunks: Buffer[] = [];
        incoming
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('error', reject)
          .on('end', () => {
            const reply = {
              status: incoming.statusCode ?? 500,
              headers: kept(incoming.rawHeaders),
              body: Buffer.concat(chunks),
            };
            resolve(reply);
          });
      },
    );
    outgoing.on('error', reject).end(body);
  });
}

/** Raw headers without those of this hop; the length stays, since the answer to HEAD has one and no body. */
function kept(raw: string[]): string[] {
  return raw.filter((_, index) => {
    const name = raw[index - (index % 2)]?.toLowerCase() ?? '';
    return name === 'content-length' || !ours.has(name);
  });
}
