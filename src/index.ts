/** The library behind the nodes, for scripts and function nodes. It knows nothing of Node-RED. */
export { GatewayError, errorCodes, type ErrorCause, type ErrorCode } from './errors'
export { HttpClient } from './http/client'
export type { Http, HttpClientOptions, HttpRequest, HttpResponse, StreamBody } from './http/types'
export { formBody } from './oauth1/form-body'
export { OAuth1Signer } from './oauth1/signer'
export { gatewayEndpoints, RazcodeGateway, type AccessTokens, type Grant } from './providers/razcode/gateway'
export { HealthJibeClient } from './providers/healthjibe/client'
