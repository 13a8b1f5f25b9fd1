import { HttpClient } from '../../../../src/http/client'
import type { HttpResponse } from '../../../../src/http/types'
import { FhirClient } from '../../../../src/providers/fhir/client'
import { PlainFhirService } from '../../../../src/providers/fhir/plain-service'
import type { FhirRequest, FhirService } from '../../../../src/providers/fhir/service'
import { HealthcodeService } from '../../../../src/providers/healthcode/service'
import { TrustedHosts } from '../../../../src/providers/trusted-hosts'
import { type Sandbox, startSandbox } from '../../../../src/sandbox/sandbox'

/** Passes on to a service and counts. */
export class Counted implements FhirService {
  readonly provider: string
  requests: FhirRequest[] = []

  constructor(
    private readonly service: FhirService,
    provider = service.provider,
  ) {
    this.provider = provider
  }

  send(request: FhirRequest): Promise<HttpResponse> {
    this.requests.push(request)
    return this.service.send(request)
  }

  isAnotherName(url: URL): boolean {
    return this.service.isAnotherName(url)
  }

  endpoints(signal?: AbortSignal): Promise<string[]> {
    return this.service.endpoints(signal)
  }

  test(signal?: AbortSignal): ReturnType<FhirService['test']> {
    return this.service.test(signal)
  }
}

export interface Opened {
  client: FhirClient
  service: Counted
}

/** To be called in a `describe`: hands over a client at a sandbox of its own. */
export function useClient(
  open: (sandbox: Sandbox, http: HttpClient) => Opened,
  take: (opened: Opened, sandbox: Sandbox) => void,
): void {
  let sandbox: Sandbox
  let http: HttpClient
  before(async () => {
    sandbox = await startSandbox()
    http = new HttpClient({ proxy: 'none' })
    take(open(sandbox, http), sandbox)
  })
  after(async () => {
    await http.close()
    await sandbox.close()
  })
}

export function plainClient(base: string, http: HttpClient): Opened {
  const service = new Counted(new PlainFhirService({ base, http }))
  return { service, client: new FhirClient(service) }
}

/** As the demo site of a sandbox. */
export function healthcodeClient({ urls, demo }: Sandbox, http: HttpClient): Opened {
  const { apiKeyId, apiKey, siteId } = demo.healthcode
  const service = new Counted(
    new HealthcodeService({
      endpoints: urls.healthcode,
      http,
      siteId,
      client: { clientId: apiKeyId, clientSecret: apiKey, authentication: 'basic' },
      trusted: new TrustedHosts({ entered: Object.values(urls.healthcode) }),
    }),
  )
  return { service, client: new FhirClient(service) }
}
