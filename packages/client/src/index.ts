export { DSpaceSession } from './session/dspace-session.ts'
export { RestClient } from './rest/rest-client.ts'
export type {
  Parsing,
  RestClientOptions,
  RestRequestOptions,
  RestStreamOptions,
} from './rest/rest-client-options.ts'
export { CalcRetryFromBackoffMax, CalcRetryFromWaittimeMax } from './rest/calc-retry.ts'
export type { RetryCalculator, RetrySettings } from './rest/calc-retry.ts'
export { OpenIDRestClient } from './openid/openid-rest-client.ts'
export type { OpenIDRestClientOptions } from './openid/openid-rest-client.ts'
export { ClientCredentialsAuth } from './openid/client-credentials-auth.ts'
export type { ClientCredentialsOptions } from './openid/client-credentials-auth.ts'
export { DeviceGrantAuth } from './openid/device-grant-auth.ts'
export type { DeviceGrantOptions } from './openid/device-grant-auth.ts'
export type { DeviceInstructions } from './openid/device-grant.ts'
export { deviceBox } from './openid/device-box.ts'
export { RegisterOpenIDClient } from './openid/register-openid-client.ts'
export type { RegisteredClient, RegisterOpenIDClientOptions } from './openid/register-openid-client.ts'
export type { AuthorizedRestClient, AuthorizedRestClientOptions } from './openid/authorized-rest-client.ts'
export type { OpenIDProviderAddress, OpenIDProviderOptions } from './openid/openid-provider-options.ts'
export type { RefreshTokenStore } from './openid/refresh-token-store.ts'
export type { UpdateFunction } from './openid/refreshed-tokens.ts'
export { OpenIDError, type OpenIDErrorCode } from './openid/openid-error.ts'
export { fromEnvironment } from './rest/from-environment.ts'
export type { EnvironmentDefaults, EnvironmentValues } from './rest/from-environment.ts'
export type { TokenFunction } from './auth/token-auth.ts'
export type { ClientRequest, Layer, RetryMode, Send } from './pipeline/layer.ts'
export type { DSpaceSessionOptions } from './session/session-options.ts'
export { IslandoraSession } from './islandora/islandora-session.ts'
export type { IslandoraSessionOptions } from './islandora/islandora-session-options.ts'
export type { IslandoraSessionState } from './islandora/session-state.ts'
export type { IslandoraCallOptions } from './islandora/islandora-api.ts'
export type { IslandoraObjects, NewObject, ObjectChange, ObjectDocument } from './islandora/objects.ts'
export type {
  ContentOptions,
  DatastreamAddress,
  DatastreamChange,
  DatastreamFile,
  FormerVersion,
  IslandoraDatastreams,
  NewDatastream,
  TokenOptions,
} from './islandora/datastreams.ts'
export type {
  ChecksumType,
  ControlGroup,
  DatastreamDocument,
  DatastreamProperties,
  ObjectState,
  VersionDocument,
} from './islandora/datastream-document.ts'
export type {
  IslandoraRelationships,
  NewRelationship,
  RelationshipDocument,
  RelationshipFilter,
} from './islandora/relationships.ts'
export type { CountDocument, RepositoryDocument } from './islandora/repository-document.ts'
export type { SolrAnswer, SolrDocument, SolrOptions } from './islandora/solr.ts'
export { PeleRequests } from './pele/pele-requests.ts'
export type { FindCredentials, PeleOptions } from './pele/pele-options.ts'
export type { PelePage, PelePagesOptions } from './pele/pele-pages.ts'
export type { Credentials } from './auth/credentials.ts'
export type { HeadersInput } from './request/headers-input.ts'
export type { Query } from './request/query.ts'
export type { RequestOptions } from './session/request-options.ts'
export type { ByteSource, UploadOptions, UploadProgress } from './session/upload.ts'
export type { ByteRange, Download, DownloadOptions, DownloadProgress } from './session/download.ts'
export type { PagesOptions } from './session/pages.ts'
export type { Person } from './session/who-am-i.ts'
export type { SessionState } from './session/session-state.ts'
export type { BodyInput } from './body/request-body.ts'
export type { Clock } from './pipeline/clock.ts'
export type { RetryLimits } from './pipeline/retry-delay.ts'
export type { RequestBody } from './body/request-body.ts'
export {
  AnswerError,
  ClientError,
  type ClientErrorCode,
  EndpointError,
  EnvironmentError,
  HttpError,
  LoginError,
  NetworkError,
  TimeoutError,
} from './errors.ts'
