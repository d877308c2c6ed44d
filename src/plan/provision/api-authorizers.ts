import type { Provision } from './part.ts';

/**
 * The authorizers of the baseline's pools on the APIs that are there: the mends of a fix create them where a method or a
 * route lacks one, and so there is nothing to build before them. APIs themselves are the shop's.
 */
export const apiAuthorizers: Provision = {
  controls: ['api-gateway/rest-authorization', 'api-gateway/http-authorization'],
  needs: ['apigateway.restApis', 'apigatewayv2.httpApis', 'cognito.userPools'],
  build: () => ({}),
};
