/** The library behind the nodes, for scripts and function nodes. It knows nothing of Node-RED. */
export type { HumanApiFhirResource } from './documents/convert/humanapi-to-fhir/conversion'
export type { HumanApiFinding, HumanApiFindingCode } from './documents/convert/humanapi-to-fhir/findings'
export {
  humanApiFhirResources,
  humanApiToFhir,
  type HumanApiFhir,
  type HumanApiFhirOptions,
} from './documents/convert/humanapi-to-fhir/humanapi-to-fhir'
export { assertFhir, fhirFindings, type FhirFinding, type FhirFindingCode } from './documents/fhir/check'
export { patchInUtc, queryInUtc, timesInUtc, timesInZone, type UtcTimes } from './documents/fhir/times'
export type * from './documents/fhir/types'
export { TimeZone } from './documents/fhir/zone'
export { GatewayError, errorCodes, type ErrorCause, type ErrorCode } from './errors'
export { HttpClient } from './http/client'
export type {
  Http,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
  LentAnswer,
  LoanTerms,
  RequestAgent,
  StreamBody,
} from './http/types'
export { formBody } from './oauth1/form-body'
export { OAuth1Signer } from './oauth1/signer'
export {
  clientAuthentications,
  requestToken,
  type ClientAuthentication,
  type ClientCredentials,
  type TokenRequest,
} from './oauth2/client-credentials'
export { ClientTokens, type ClientTokensOptions, type TokenAddress } from './oauth2/client-tokens'
export { expiryOf, type TimedToken } from './oauth2/lifetime'
export { TokenCache, type TokenCacheOptions, type TokenSource } from './oauth2/token-cache'
export { FhirClient } from './providers/fhir/client'
export type * from './providers/fhir/client'
export { PlainFhirService, type FhirAccess, type PlainServiceOptions } from './providers/fhir/plain-service'
export type { FhirRequest, FhirService } from './providers/fhir/service'
export {
  healthcodeEndpoints,
  healthcodeUatEndpoints,
  type HealthcodeEndpoints,
} from './providers/healthcode/endpoints'
export { HealthcodeService, type HealthcodeServiceOptions } from './providers/healthcode/service'
export { TokenEndpoint, type TokenEndpointOptions } from './providers/token-endpoint'
export { TrustedHosts, type TrustOptions } from './providers/trusted-hosts'
export { gatewayEndpoints, RazcodeGateway, type AccessTokens, type Grant } from './providers/razcode/gateway'
export { HealthJibeClient, type HmsQuery } from './providers/healthjibe/client'
export { calendarDay, type CalendarDay } from './providers/healthjibe/calendar-day'
export {
  accessBy,
  HumanApiClient,
  type HumanApiAccess,
  type HumanApiGrant,
  type HumanApiOptions,
  type HumanApiRecord,
  type HumanApiTokenType,
} from './providers/humanapi/client'
export { humanApiEndpoints, type HumanApiEndpoints } from './providers/humanapi/endpoints'
export {
  HumanApiNotifications,
  type IncomingNotification,
  type NotificationMemory,
  type NotificationOptions,
} from './providers/humanapi/webhook'
export type { DataQuery } from './providers/humanapi/query'
export { humanApiResources, type HumanApiResource, type ResourceKind } from './providers/humanapi/resources'
export type { HumanApiState, StoredTokens } from './providers/humanapi/state'
export {
  HumanApiTokens,
  type HumanApiPerson,
  type HumanApiToken,
  type HumanApiUser,
  type TokenMemory,
} from './providers/humanapi/tokens'
export type { JsonObject } from './providers/json-answer'
export type { Page } from './providers/paging'
export { RazcodeClient, type Staged, type StageRequest } from './providers/razcode/client'
export {
  ZivaCareClient,
  type ZivaCareAccess,
  type ZivaCareGrant,
  type ZivaCareOptions,
  type ZivaCareQuery,
  type ZivaCareUser,
} from './providers/zivacare/client'
export { zivaCareDataTypes, type ZivaCareDataType } from './providers/zivacare/data-types'
export {
  unitSystems,
  zivaCareEndpoints,
  type UnitSystem,
  type ZivaCareEndpoints,
} from './providers/zivacare/endpoints'
export { drawQr, type ErrorCorrection, type QrFormat } from './qr'
export { buildCcr, buildCcrInTurns } from './documents/ccr/build'
export type * from './documents/ccr/build/input'
export { ccrEntries } from './documents/ccr/entries'
export type * from './documents/ccr/extra'
export type * from './documents/ccr/model'
export {
  readCcr,
  readCcrs,
  type CcrCollection,
  type CcrSource,
  type ReadCcrOptions,
} from './documents/ccr/read'
export type { CcrEntry } from './documents/ccr/tree'
export { ccrFindings, readAndValidateCcr, readAndValidateCcrs, validateCcr } from './documents/ccr/validate'
export {
  ccrFindingCodes,
  type CcrFinding,
  type CcrFindingCode,
  type CcrSeverity,
} from './documents/ccr/validate/finding'
export { ccrText, writeCcr, writeCcrs, writeCcrStream, type WriteCcrOptions } from './documents/ccr/write'
export { buildOmhe, type BuildOmheOptions, type BuiltOmhe } from './documents/omhe/build'
export { isOmhe, type CommandName as OmheCommandName } from './documents/omhe/commands'
export type {
  OmheCommand,
  OmheCommandOf,
  OmheFinding,
  OmheFindingCode,
  OmheInput,
  OmheQuantity,
  OmheTags,
  OmheValues,
} from './documents/omhe/model'
export { parseOmhe, type ParsedOmhe, type ParseOmheOptions } from './documents/omhe/parse'
export type { OmheDocument, OmhePatient, OmheRecordOptions, OmheSource } from './documents/omhe/record'
export { omheToCcr, type OmheCcr, type OmheCcrOptions } from './documents/omhe/to-ccr'
export { omheToFhir, type OmheFhir } from './documents/omhe/to-fhir'
export type * from './documents/xml/nodes'
