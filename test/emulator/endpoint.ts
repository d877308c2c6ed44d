import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { amendments } from './amendments.ts';
import { answers } from './answers.ts';
import { type Call, identify, isDryRun, type Request } from './call.ts';
import { emptyMemory, form } from './exchange.ts';
import { createFaults, type Failure, type Faults } from './faults.ts';
import { forward } from './forward.ts';
import { giveUp } from './gateways.ts';
import { createLog, type Log } from './log.ts';
import { errorReply, type Reply } from './reply.ts';

/** The HTTP endpoint in front of moto: what it saw, what it is to spoil, and how to end it. */
export type Endpoint = {
  port: number;
  log: Log;
  faults: Faults;
  forget: () => void;
  stop: () => Promise<void>;
};

/** Listens on a free port of 127.0.0.1, and passes to moto what no fault and no answer of its own takes. */
export async function startEndpoint(motoPort: number): Promise<Endpoint> {
  const log = createLog();
  const faults = createFaults();
  let memory = emptyMemory();

  const answer = async (request: Request): Promise<Reply | 'cut'> => {
    const call = identify(request);
    const logged = log.enter(call);
    const hit = faults.hit(call);
    const early = await hit.before();
    const reply = early ?? (await carryOut(call, request, hit.failure()));
    const outcome = reply === 'cut' ? 'cut' : ((await hit.after()) ?? reply);
    logged.outcome = outcome === 'cut' ? 'cut' : outcome.status;
    return outcome;
  };

  const carryOut = async (call: Call, request: Request, failure: Failure | undefined): Promise<Reply> => {
    const moto = (change: Partial<Request>) => forward(motoPort, { ...request, ...change });
    // moto takes any token; EC2 takes 64 characters at most (EC2 developer guide, ec2-api-idempotency).
    if (call.name.startsWith('ec2:') && (form(request).get('ClientToken') ?? '').length > 64)
      return errorReply(call, { code: 'InvalidParameterValue', status: 400, message: 'ClientToken' });
    // AWS checks every DryRun of EC2 and does nothing; moto does so for some calls, and carries the others out.
    if (isDryRun(call)) return errorReply(call, { code: 'DryRunOperation', status: 412, message: 'Allowed' });
    const exchange = { call, request, moto, memory };
    const reply = await (answers[call.name]?.(exchange) ?? moto({}));
    const amend = reply.status < 300 ? amendments[call.name] : undefined;
    const amended = await (amend?.(exchange, reply) ?? reply);
    if (failure !== undefined) await giveUp(exchange, amended, failure);
    return amended;
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const reply = await answer(await read(incoming));
    if (reply === 'cut') incoming.socket.destroy();
    else outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  };

  const server = createServer((incoming, outgoing) => {
    // A fault of the emulator itself must not look like one of AWS's.
    serve(incoming, outgoing).catch((error: unknown) => outgoing.writeHead(599).end(String(error)));
  });
  // An idle connection that the server closes just as a client uses it would be a fault that nobody asked for.
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    log,
    faults,
    forget: () => {
      log.clear();
      faults.clear();
      memory = emptyMemory();
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const { method = 'GET', url: target = '/', headers } = incoming;
  return { method, target, headers, body: Buffer.concat(chunks) };
}
