import { HttpClient } from '../../src/http/client'
import { fhirClientTests } from '../support/fhir-client-tests'
import { type Peer, startPeer } from '../support/peer'
import { type Opened, plainClient } from '../unit/providers/fhir/support'

describe("FhirClient at Medplum's router", () => {
  let peer: Peer<{ base: string }>
  let http: HttpClient
  let opened: Opened

  before(async function () {
    // It may have to be installed.
    this.timeout(300_000)
    peer = await startPeer('medplum.mjs')
    http = new HttpClient({ proxy: 'none' })
    opened = plainClient(peer.told.base, http)
  })
  after(async () => {
    await http.close()
    await peer.stop()
  })

  fhirClientTests(
    () => ({
      client: opened.client,
      at: (type) => type,
      sent: () => opened.service.requests.length,
    }),
    { atomic: false, invalidPlace: 'Observation.status' },
  )
})
