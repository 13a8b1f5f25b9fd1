import assert from 'node:assert/strict'
import { GatewayError, type ErrorCode } from '../../../src/errors'
import { TrustedHosts, type TrustOptions } from '../../../src/providers/trusted-hosts'

const entered = ['https://api.example.org/.well-known/discovery-document.json', 'http://127.0.0.1:8080/x']
const facts = { provider: 'healthcode', operation: 'read' }

function verdict(address: unknown, options: Partial<TrustOptions> = {}): ErrorCode | 'yes' {
  try {
    new TrustedHosts({ entered, ...options }).check(address, 'The address of "x"', facts)
    return 'yes'
  } catch (error) {
    assert.ok(error instanceof GatewayError)
    assert.match(error.message, /^The address of "x" .* It is not used\.$/)
    assert.deepEqual([error.cause.provider, error.cause.operation], ['healthcode', 'read'])
    return error.code
  }
}

describe('TrustedHosts', () => {
  it('takes addresses of the hosts that were entered, with their port', () => {
    assert.equal(verdict('https://api.example.org/fhir/Patient'), 'yes')
    assert.equal(verdict('http://127.0.0.1:8080/fhir'), 'yes')
    assert.equal(verdict('https://api.example.org:8443/fhir'), 'HG_CONFIG')
    assert.equal(verdict('http://127.0.0.1:8081/fhir'), 'HG_CONFIG')
  })

  it('takes no other host, unless it is allowed', () => {
    const others = [
      'https://evil.example/',
      'https://api.example.org.evil.example/',
      'https://sub.api.example.org/',
    ]
    for (const other of others) {
      assert.equal(verdict(other), 'HG_CONFIG', other)
      assert.equal(verdict(other, { allowed: [new URL(other).hostname] }), 'yes', other)
    }
    assert.equal(verdict('https://other.example:8443/', { allowed: ['other.example:8443'] }), 'yes')
    assert.equal(verdict('https://other.example:8444/', { allowed: ['other.example:8443'] }), 'HG_CONFIG')
    for (const allowed of [['*.example.com'], [' *.Example.com '], ['*.example.com:443']]) {
      assert.equal(verdict('https://a.b.example.com/', { allowed }), 'yes')
      for (const other of ['https://example.com/', 'https://badexample.com/']) {
        assert.equal(verdict(other, { allowed }), 'HG_CONFIG', other)
      }
    }
    assert.equal(verdict('https://a.example.com:8443/', { allowed: ['*.example.com:8443'] }), 'yes')
  })

  it('takes what is allowed as people write it', () => {
    const written: [string, ErrorCode | 'yes'][] = [
      ['other.example', 'yes'],
      ['OTHER.example:443', 'HG_CONFIG'],
      ['https://other.example', 'HG_CONFIG'],
      ['HTTPS://other.example/fhir', 'HG_CONFIG'],
    ]
    for (const [name, elsewhere] of written) {
      assert.equal(verdict('https://other.example/x', { allowed: [name] }), 'yes', name)
      assert.equal(verdict('https://other.example:8443/x', { allowed: [name] }), elsewhere, name)
    }
    assert.equal(verdict('https://a.example.com:8443/', { allowed: ['*.example.com:443'] }), 'HG_CONFIG')
    assert.equal(verdict('https://[::1]:8443/x', { allowed: ['[::1]:8443'] }), 'yes')
    for (const name of [
      'no host',
      'https://',
      'a.*.example',
      '*',
      'user@other.example',
      'ftp://other.example',
    ]) {
      assert.throws(() => new TrustedHosts({ entered, allowed: [name] }), { code: 'HG_CONFIG' }, name)
    }
  })

  it('takes all that is below the domains that the provider is known to have', () => {
    const domains = ['healthcode.co.uk']
    assert.equal(verdict('https://ice.healthcode.co.uk/x', { domains }), 'yes')
    assert.equal(verdict('https://healthcode.co.uk.evil.example/x', { domains }), 'HG_CONFIG')
    assert.equal(verdict('https://nothealthcode.co.uk/x', { domains }), 'HG_CONFIG')
  })

  it('takes https alone, but for this machine', () => {
    assert.equal(verdict('http://api.example.org/x'), 'HG_RESPONSE')
    assert.equal(verdict('http://api.example.org/x', { plainHttp: true }), 'HG_RESPONSE')
    const own = ['http://fhir.example.org/r4', 'https://auth.example.org/']
    assert.equal(verdict('http://fhir.example.org/token', { entered: own }), 'HG_RESPONSE')
    assert.equal(verdict('http://fhir.example.org/token', { entered: own, plainHttp: true }), 'yes')
    assert.equal(verdict('http://auth.example.org/token', { entered: own, plainHttp: true }), 'HG_RESPONSE')
    const other = { entered: own, allowed: ['other.example.org'], plainHttp: true }
    assert.equal(verdict('http://other.example.org/token', other), 'HG_RESPONSE')
    for (const host of ['localhost:1', '127.0.0.1:1', '[::1]:1']) {
      assert.equal(verdict(`http://${host}/`, { allowed: [host] }), 'yes', host)
    }
  })

  it('takes nothing that is no absolute web address, or has a user name in it', () => {
    const wrong = [
      ...['/fhir/Patient', 'fhir', '', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'],
      ...['ftp://api.example.org/', 'https://', 'https://me:secret@api.example.org/', 7],
      ...['https://:secret@api.example.org/', 'https://api.example.org/fhir#v1', 'https://api.example.org/#'],
      ...[null, undefined, {}],
    ]
    for (const address of wrong) assert.equal(verdict(address), 'HG_RESPONSE', JSON.stringify(address))
  })

  it('says what to do about a host that is not allowed', () => {
    assert.throws(
      () =>
        new TrustedHosts({ entered }).check(
          'https://other.example/secret/path?token=x',
          'The address',
          facts,
        ),
      /is at other\.example, a host that the account does not allow\..*"Allowed hosts"/,
    )
  })
})
