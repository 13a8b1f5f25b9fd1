import { fhirClientTests } from '../../../support/fhir-client-tests'
import { healthcodeClient, type Opened, plainClient, useClient } from './support'

/** The list of a FHIR client, at both of the sandbox's servers; test/peers runs it at servers of others. */
for (const where of ['a plain server', "Healthcode's FHIR"] as const) {
  describe(`FhirClient at ${where}`, () => {
    let opened: Opened
    useClient(
      (sandbox, http) =>
        where === 'a plain server'
          ? plainClient(sandbox.urls.fhir.base, http)
          : healthcodeClient(sandbox, http),
      (client) => (opened = client),
    )

    fhirClientTests(
      () => ({
        client: opened.client,
        at: (type) =>
          where === 'a plain server' ? type : ['fhir_namespace', type].filter(Boolean).join('/'),
        sent: () => opened.service.requests.length,
      }),
      { atomic: true, invalidPlace: 'Observation.status' },
    )
  })
}
