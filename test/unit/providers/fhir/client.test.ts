import { HttpClient } from '../../../../src/http/client'
import { type Sandbox, startSandbox } from '../../../../src/sandbox/sandbox'
import { fhirClientList } from '../../../support/fhir-client-list'
import { healthcodeClient, type Opened, plainClient } from './support'

/** The list of a FHIR client, at both of the sandbox's servers; test/peers runs it at servers of others. */
for (const where of ['a plain server', "Healthcode's FHIR"] as const) {
  describe(`FhirClient at ${where}`, () => {
    let sandbox: Sandbox
    let http: HttpClient
    let opened: Opened

    before(async () => {
      sandbox = await startSandbox()
      http = new HttpClient({ proxy: 'none' })
      opened =
        where === 'a plain server'
          ? plainClient(sandbox.urls.fhir.base, http)
          : healthcodeClient(sandbox, http)
    })
    after(async () => {
      await http.close()
      await sandbox.close()
    })

    fhirClientList(
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
