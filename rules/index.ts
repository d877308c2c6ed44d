// Generated from the files of this folder by `npm run generate`.
import type { Control } from '../src/findings/control.ts';
import networkAclAssociation from './network-acl/association.ts';
import networkAclDatabaseInbound from './network-acl/database-inbound.ts';
import networkAclDatabaseOutbound from './network-acl/database-outbound.ts';
import networkAclPrivateInbound from './network-acl/private-inbound.ts';
import networkAclPrivateOutbound from './network-acl/private-outbound.ts';
import networkAclPublicInbound from './network-acl/public-inbound.ts';
import networkAclPublicOutbound from './network-acl/public-outbound.ts';
import networkAclRemoteAdministration from './network-acl/remote-administration.ts';
import securityGroupAlbEgress from './security-group/alb-egress.ts';
import securityGroupAlbIngress from './security-group/alb-ingress.ts';
import securityGroupBackendEgress from './security-group/backend-egress.ts';
import securityGroupBackendIngress from './security-group/backend-ingress.ts';
import securityGroupBackendInternetIngress from './security-group/backend-internet-ingress.ts';
import securityGroupComponentBinding from './security-group/component-binding.ts';
import securityGroupDefaultClosed from './security-group/default-closed.ts';
import securityGroupEndpointsEgress from './security-group/endpoints-egress.ts';
import securityGroupEndpointsIngress from './security-group/endpoints-ingress.ts';
import securityGroupLambdaEgress from './security-group/lambda-egress.ts';
import securityGroupLambdaIngress from './security-group/lambda-ingress.ts';
import securityGroupRdsEgress from './security-group/rds-egress.ts';
import securityGroupRdsIngress from './security-group/rds-ingress.ts';
import securityGroupRdsInternetIngress from './security-group/rds-internet-ingress.ts';
import securityGroupRemoteAdministration from './security-group/remote-administration.ts';
import securityGroupStaleReferences from './security-group/stale-references.ts';
import vpcEndpoints from './vpc/endpoints.ts';
import vpcFlowLogs from './vpc/flow-logs.ts';
import vpcPresent from './vpc/present.ts';
import vpcPrivateRoutes from './vpc/private-routes.ts';
import vpcPublicIpOnLaunch from './vpc/public-ip-on-launch.ts';
import vpcPublicTierContents from './vpc/public-tier-contents.ts';
import vpcTiers from './vpc/tiers.ts';

/** Every control, by id. */
export const catalogue: readonly Control[] = [
  networkAclAssociation,
  networkAclDatabaseInbound,
  networkAclDatabaseOutbound,
  networkAclPrivateInbound,
  networkAclPrivateOutbound,
  networkAclPublicInbound,
  networkAclPublicOutbound,
  networkAclRemoteAdministration,
  securityGroupAlbEgress,
  securityGroupAlbIngress,
  securityGroupBackendEgress,
  securityGroupBackendIngress,
  securityGroupBackendInternetIngress,
  securityGroupComponentBinding,
  securityGroupDefaultClosed,
  securityGroupEndpointsEgress,
  securityGroupEndpointsIngress,
  securityGroupLambdaEgress,
  securityGroupLambdaIngress,
  securityGroupRdsEgress,
  securityGroupRdsIngress,
  securityGroupRdsInternetIngress,
  securityGroupRemoteAdministration,
  securityGroupStaleReferences,
  vpcEndpoints,
  vpcFlowLogs,
  vpcPresent,
  vpcPrivateRoutes,
  vpcPublicIpOnLaunch,
  vpcPublicTierContents,
  vpcTiers,
];
