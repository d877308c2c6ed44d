// Generated from the files of this folder by `npm run generate`.
import type { Control } from '../src/findings/control.ts';
import accessKeyOnePerUser from './access-key/one-per-user.ts';
import accessKeyRootUser from './access-key/root-user.ts';
import accessKeyRotation from './access-key/rotation.ts';
import accessKeyUnused from './access-key/unused.ts';
import apiGatewayHttpAuthorization from './api-gateway/http-authorization.ts';
import apiGatewayRestAuthorization from './api-gateway/rest-authorization.ts';
import apiGatewayRestDeployment from './api-gateway/rest-deployment.ts';
import apiGatewayStageLogging from './api-gateway/stage-logging.ts';
import apiGatewayWebsocketAuthorization from './api-gateway/websocket-authorization.ts';
import cloudtrailCloudwatchLogs from './cloudtrail/cloudwatch-logs.ts';
import cloudtrailCustomerKey from './cloudtrail/customer-key.ts';
import cloudtrailDataEvents from './cloudtrail/data-events.ts';
import cloudtrailFileValidation from './cloudtrail/file-validation.ts';
import cloudtrailLogBucket from './cloudtrail/log-bucket.ts';
import cloudtrailLogging from './cloudtrail/logging.ts';
import cloudtrailManagementEvents from './cloudtrail/management-events.ts';
import cloudtrailTrail from './cloudtrail/trail.ts';
import cognitoClients from './cognito/clients.ts';
import cognitoDeletionProtection from './cognito/deletion-protection.ts';
import cognitoMfa from './cognito/mfa.ts';
import cognitoPasswordPolicy from './cognito/password-policy.ts';
import cognitoThreatProtection from './cognito/threat-protection.ts';
import cognitoUserPool from './cognito/user-pool.ts';
import ebsDefaultEncryption from './ebs/default-encryption.ts';
import ebsSnapshotEncryption from './ebs/snapshot-encryption.ts';
import ebsSnapshotSharing from './ebs/snapshot-sharing.ts';
import ebsVolumeEncryption from './ebs/volume-encryption.ts';
import iamAdministrators from './iam/administrators.ts';
import iamPublicTrust from './iam/public-trust.ts';
import iamRolePermissions from './iam/role-permissions.ts';
import iamRolePresent from './iam/role-present.ts';
import iamRoleTrust from './iam/role-trust.ts';
import iamWorkloadRoles from './iam/workload-roles.ts';
import kmsCustomerKey from './kms/customer-key.ts';
import networkAclAssociation from './network-acl/association.ts';
import networkAclDatabaseInbound from './network-acl/database-inbound.ts';
import networkAclDatabaseOutbound from './network-acl/database-outbound.ts';
import networkAclPrivateInbound from './network-acl/private-inbound.ts';
import networkAclPrivateOutbound from './network-acl/private-outbound.ts';
import networkAclPublicInbound from './network-acl/public-inbound.ts';
import networkAclPublicOutbound from './network-acl/public-outbound.ts';
import networkAclRemoteAdministration from './network-acl/remote-administration.ts';
import parametersPlainSecrets from './parameters/plain-secrets.ts';
import parametersPresent from './parameters/present.ts';
import parametersPublicDocuments from './parameters/public-documents.ts';
import parametersPublicSharing from './parameters/public-sharing.ts';
import rdsClusterEncryption from './rds/cluster-encryption.ts';
import rdsForceTls from './rds/force-tls.ts';
import rdsInstanceEncryption from './rds/instance-encryption.ts';
import rdsManagedPassword from './rds/managed-password.ts';
import rdsPort from './rds/port.ts';
import rdsPublicAccess from './rds/public-access.ts';
import rdsSecurityGroups from './rds/security-groups.ts';
import rdsSnapshotEncryption from './rds/snapshot-encryption.ts';
import rdsSnapshotSharing from './rds/snapshot-sharing.ts';
import rdsSubnetTier from './rds/subnet-tier.ts';
import reachabilityBackendFromInternet from './reachability/backend-from-internet.ts';
import reachabilityDatabaseFromInternet from './reachability/database-from-internet.ts';
import reachabilityDatabaseFromOthers from './reachability/database-from-others.ts';
import reachabilityIntendedFlows from './reachability/intended-flows.ts';
import reachabilityOtherForbiddenFlows from './reachability/other-forbidden-flows.ts';
import s3AccountPublicAccessBlock from './s3/account-public-access-block.ts';
import s3BucketPublicAccessBlock from './s3/bucket-public-access-block.ts';
import s3CustomerKey from './s3/customer-key.ts';
import s3DefaultEncryption from './s3/default-encryption.ts';
import s3PublicAcl from './s3/public-acl.ts';
import s3PublicPolicy from './s3/public-policy.ts';
import s3TlsOnly from './s3/tls-only.ts';
import secretsCustomerKey from './secrets/customer-key.ts';
import secretsDevelopers from './secrets/developers.ts';
import secretsPresent from './secrets/present.ts';
import secretsPublicPolicy from './secrets/public-policy.ts';
import secretsReaders from './secrets/readers.ts';
import secretsRotation from './secrets/rotation.ts';
import secretsTaskEnvironment from './secrets/task-environment.ts';
import secretsTaskReference from './secrets/task-reference.ts';
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
import securityGroupOpenPrefixLists from './security-group/open-prefix-lists.ts';
import securityGroupRdsEgress from './security-group/rds-egress.ts';
import securityGroupRdsIngress from './security-group/rds-ingress.ts';
import securityGroupRdsInternetIngress from './security-group/rds-internet-ingress.ts';
import securityGroupRemoteAdministration from './security-group/remote-administration.ts';
import securityGroupStaleReferences from './security-group/stale-references.ts';
import vpcEndpoints from './vpc/endpoints.ts';
import vpcFlowLogs from './vpc/flow-logs.ts';
import vpcNatGateways from './vpc/nat-gateways.ts';
import vpcPresent from './vpc/present.ts';
import vpcPrivateRoutes from './vpc/private-routes.ts';
import vpcPublicIpOnLaunch from './vpc/public-ip-on-launch.ts';
import vpcPublicRoutes from './vpc/public-routes.ts';
import vpcPublicTierContents from './vpc/public-tier-contents.ts';
import vpcTiers from './vpc/tiers.ts';
import wafAlbAssociation from './waf/alb-association.ts';
import wafApprovedCountries from './waf/approved-countries.ts';
import wafBlocklist from './waf/blocklist.ts';
import wafCrossSiteScripting from './waf/cross-site-scripting.ts';
import wafDefaultAction from './waf/default-action.ts';
import wafHttpApi from './waf/http-api.ts';
import wafIpReputation from './waf/ip-reputation.ts';
import wafLogging from './waf/logging.ts';
import wafManagedVersions from './waf/managed-versions.ts';
import wafRateLimit from './waf/rate-limit.ts';
import wafRestStageAssociation from './waf/rest-stage-association.ts';
import wafSqlInjection from './waf/sql-injection.ts';

/** Every control, by id. */
export const catalogue: readonly Control[] = [
  accessKeyOnePerUser,
  accessKeyRootUser,
  accessKeyRotation,
  accessKeyUnused,
  apiGatewayHttpAuthorization,
  apiGatewayRestAuthorization,
  apiGatewayRestDeployment,
  apiGatewayStageLogging,
  apiGatewayWebsocketAuthorization,
  cloudtrailCloudwatchLogs,
  cloudtrailCustomerKey,
  cloudtrailDataEvents,
  cloudtrailFileValidation,
  cloudtrailLogBucket,
  cloudtrailLogging,
  cloudtrailManagementEvents,
  cloudtrailTrail,
  cognitoClients,
  cognitoDeletionProtection,
  cognitoMfa,
  cognitoPasswordPolicy,
  cognitoThreatProtection,
  cognitoUserPool,
  ebsDefaultEncryption,
  ebsSnapshotEncryption,
  ebsSnapshotSharing,
  ebsVolumeEncryption,
  iamAdministrators,
  iamPublicTrust,
  iamRolePermissions,
  iamRolePresent,
  iamRoleTrust,
  iamWorkloadRoles,
  kmsCustomerKey,
  networkAclAssociation,
  networkAclDatabaseInbound,
  networkAclDatabaseOutbound,
  networkAclPrivateInbound,
  networkAclPrivateOutbound,
  networkAclPublicInbound,
  networkAclPublicOutbound,
  networkAclRemoteAdministration,
  parametersPlainSecrets,
  parametersPresent,
  parametersPublicDocuments,
  parametersPublicSharing,
  rdsClusterEncryption,
  rdsForceTls,
  rdsInstanceEncryption,
  rdsManagedPassword,
  rdsPort,
  rdsPublicAccess,
  rdsSecurityGroups,
  rdsSnapshotEncryption,
  rdsSnapshotSharing,
  rdsSubnetTier,
  reachabilityBackendFromInternet,
  reachabilityDatabaseFromInternet,
  reachabilityDatabaseFromOthers,
  reachabilityIntendedFlows,
  reachabilityOtherForbiddenFlows,
  s3AccountPublicAccessBlock,
  s3BucketPublicAccessBlock,
  s3CustomerKey,
  s3DefaultEncryption,
  s3PublicAcl,
  s3PublicPolicy,
  s3TlsOnly,
  secretsCustomerKey,
  secretsDevelopers,
  secretsPresent,
  secretsPublicPolicy,
  secretsReaders,
  secretsRotation,
  secretsTaskEnvironment,
  secretsTaskReference,
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
  securityGroupOpenPrefixLists,
  securityGroupRdsEgress,
  securityGroupRdsIngress,
  securityGroupRdsInternetIngress,
  securityGroupRemoteAdministration,
  securityGroupStaleReferences,
  vpcEndpoints,
  vpcFlowLogs,
  vpcNatGateways,
  vpcPresent,
  vpcPrivateRoutes,
  vpcPublicIpOnLaunch,
  vpcPublicRoutes,
  vpcPublicTierContents,
  vpcTiers,
  wafAlbAssociation,
  wafApprovedCountries,
  wafBlocklist,
  wafCrossSiteScripting,
  wafDefaultAction,
  wafHttpApi,
  wafIpReputation,
  wafLogging,
  wafManagedVersions,
  wafRateLimit,
  wafRestStageAssociation,
  wafSqlInjection,
];
