import type { Clients } from '../clients.ts';
import { buildCompliantEncryption } from './compliant-encryption.ts';
import { buildCompliantIdentity } from './compliant-identity.ts';
import { buildCompliantNetwork, type NetworkOptions } from './compliant-network.ts';
import { buildCompliantProtection, type ProtectionOptions } from './compliant-protection.ts';
import { buildCompliantSecrets } from './secrets.ts';

/** Builds an account that meets the whole baseline: what the other states break something of. */
export async function buildCompliantAccount(
  clients: Clients,
  options: NetworkOptions & ProtectionOptions = {},
) {
  const network = await buildCompliantNetwork(clients, options);
  await buildCompliantIdentity(clients);
  const encryption = await buildCompliantEncryption(clients, network);
  const protection = await buildCompliantProtection(clients, network, options);
  const secrets = await buildCompliantSecrets(clients);
  return { ...network, ...encryption, ...protection, ...secrets };
}
