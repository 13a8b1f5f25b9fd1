import type { Addresses } from './account'
import type { EditorNode } from './node-red'

const openidExample = 'https://host/.well-known/openid-configuration'

/** Keeps the addresses of an account at what its service is: Healthcode, or any FHIR R4 server. */
export function healthcodeAddresses(node: EditorNode, live: Promise<Addresses>): void {
  const service = $('#node-config-input-service')
  const environment = $('#node-config-input-environment')
  const base = $('#health-gateways-url-fhir')
  const openid = $('#health-gateways-url-openidConfiguration')

  const adapt = () => {
    const isHealthcode = service.val() !== 'fhir'
    // With a base among its own addresses it would be a FHIR server's account still.
    base.prop('disabled', isHealthcode && environment.val() === 'custom')
    void live.then(({ openidConfiguration = '' }) =>
      openid.attr('placeholder', service.val() === 'fhir' ? openidExample : openidConfiguration),
    )
  }
  service.on('change', adapt)
  environment.on('change', adapt)
  if (isFhirServer(node)) service.val('fhir').trigger('change')
  else adapt()
}

/** Whatever the service of the account is said to be: one with a base of its own is that FHIR server's. */
export function isFhirServer(account: Readonly<Record<string, unknown>>): boolean {
  const { service, environment, urls } = account
  const { fhir } = (urls ?? {}) as Partial<Addresses>
  return service === 'fhir' || (environment === 'custom' && Boolean(fhir?.trim()))
}
