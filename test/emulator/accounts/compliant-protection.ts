import type { Clients } from '../clients.ts';
import { buildHttpApi, buildRestApi } from './apis.ts';
import { buildUserPool } from './user-pool.ts';
import { associate, buildWebAcl } from './web-acl.ts';

export type ProtectionOptions = {
  /** An HTTP API beside the REST API: no web ACL can stand before it, so that the baseline is not met. */
  httpApi?: boolean;
};

/** The ids and ARNs of what was built. */
export type Protection = Awaited<ReturnType<typeof buildCompliantProtection>>;

/** Builds what stands before SecureCart's load balancer as the baseline wants it: the web ACL, the user pool, and an API behind both. */
export async function buildCompliantProtection(
  clients: Clients,
  { loadBalancer }: { loadBalancer: string },
  options: ProtectionOptions = {},
) {
  const pool = await buildUserPool(clients);
  const restApi = await buildRestApi(clients, pool);
  const { webAcl, ipSets } = await buildWebAcl(clients);
  await associate(clients, webAcl, [loadBalancer, restApi.stage]);
  const httpApi = options.httpApi === true ? await buildHttpApi(clients, pool) : undefined;
  return { pool, restApi, webAcl, ipSets, httpApi };
}
