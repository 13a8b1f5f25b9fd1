import assert from 'node:assert/strict'
import { baseStringUri } from '../../../src/oauth1/base-string'
import { formBody } from '../../../src/oauth1/form-body'
import { OAuth1Signer } from '../../../src/oauth1/signer'
import { wholeBaseString } from './support/collect'
import * as reference from './support/reference'

/** The examples that RFC 5849 prints. They have no oauth_version, which is why they go through `sign`. */
describe('RFC 5849, as printed', () => {
  const photos = new OAuth1Signer({ consumer: { key: 'dpf43f3p2l4k3l03', secret: 'kd94hf93k423kf44' } })

  it('1.2: the request for temporary credentials', async () => {
    const signature = await photos.sign(
      { method: 'POST', url: 'https://photos.example.net/initiate' },
      {
        oauth_consumer_key: 'dpf43f3p2l4k3l03',
        oauth_signature_method: 'HMAC-SHA1',
        oauth_timestamp: '137131200',
        oauth_nonce: 'wIjqoS',
        oauth_callback: 'http://printer.example.com/ready',
      },
    )
    assert.equal(signature, '74KNZJeDHnMBp0EMJ9ZHt/XKycU=')
  })

  it('1.2: the request for token credentials', async () => {
    const signature = await photos.sign(
      { method: 'POST', url: 'https://photos.example.net/token' },
      {
        oauth_consumer_key: 'dpf43f3p2l4k3l03',
        oauth_token: 'hh5s93j4hdidpola',
        oauth_signature_method: 'HMAC-SHA1',
        oauth_timestamp: '137131201',
        oauth_nonce: 'walatlh',
        oauth_verifier: 'hfdp7dh39dks9884',
      },
      'hdhd0244k9j7ao03',
    )
    assert.equal(signature, 'gKgrFCywp7rO0OXSjdot/IHF7IU=')
  })

  it('1.2: the request for the photo', async () => {
    const signature = await photos.sign(
      { method: 'GET', url: 'http://photos.example.net/photos?file=vacation.jpg&size=original' },
      {
        oauth_consumer_key: 'dpf43f3p2l4k3l03',
        oauth_token: 'nnch734d00sl2jdk',
        oauth_signature_method: 'HMAC-SHA1',
        oauth_timestamp: '137131202',
        oauth_nonce: 'chapoH',
      },
      'pfkkdhi9sl3r4s00',
    )
    assert.equal(signature, 'MdpQcU8iPSUjWoN/UDMsK2sui9I=')
  })

  const request = {
    method: 'POST',
    url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
    form: formBody([
      ['c2', ''],
      ['a3', '2 q'],
    ]),
  }
  const protocol = {
    oauth_consumer_key: '9djdj82h48djs9d2',
    oauth_token: 'kkk9d7dh3k39sjv7',
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: '137131201',
    oauth_nonce: '7d8f3e4a',
  }
  const normalized =
    'a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9dj' +
    'dj82h48djs9d2&oauth_nonce=7d8f3e4a&oauth_signature_method=HMAC-SHA1' +
    '&oauth_timestamp=137131201&oauth_token=kkk9d7dh3k39sjv7'
  const printed =
    'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q' +
    '%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_' +
    'key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_m' +
    'ethod%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk' +
    '9d7dh3k39sjv7'

  it('3.4.1.1: the signature base string', () => {
    assert.equal(wholeBaseString(request, protocol), printed)
  })

  it('3.4.1.3.1 and 3.4.1.3.2: parameters collected, encoded, sorted and joined', () => {
    const [, , parameters = ''] = wholeBaseString(request, protocol).split('&')
    assert.equal(decodeURIComponent(parameters), normalized)
  })

  it('3.4.1.2: the base string URI', () => {
    assert.equal(baseStringUri('http://EXAMPLE.COM:80/r%20v/X?id=123'), 'http://example.com/r%20v/X')
    assert.equal(baseStringUri('https://www.example.net:8080/?q=1'), 'https://www.example.net:8080/')
  })

  it('2.1 and 2.3: PLAINTEXT', async () => {
    const server = new OAuth1Signer({
      consumer: { key: 'jd83jd92dhsh93js', secret: 'ja893SD9' },
      method: 'PLAINTEXT',
    })
    const initiate = { method: 'POST', url: 'https://server.example.com/request_temp_credentials' }
    const first = await server.authorizationHeader(initiate, undefined, {
      oauth_callback: 'http://client.example.net/cb?x=1',
    })
    assert.match(first, /oauth_callback="http%3A%2F%2Fclient\.example\.net%2Fcb%3Fx%3D1"/)
    assert.match(first, /oauth_signature="ja893SD9%26"/)
    const second = await server.authorizationHeader(
      { method: 'POST', url: 'https://server.example.com/request_token' },
      { key: 'hdk48Djdsa', secret: 'xyz4992k83j47x0b' },
      { oauth_verifier: '473f82d3' },
    )
    assert.match(second, /oauth_signature="ja893SD9%26xyz4992k83j47x0b"/)
  })

  it('the plain implementation of the tests holds the same examples', () => {
    const wire = {
      method: 'POST',
      url: request.url,
      body: Buffer.from('c2&a3=2+q'),
      header: Object.entries(protocol),
    }
    assert.equal(reference.baseString(wire), printed)
    assert.equal(reference.normalizedParameters(wire), normalized)
    // with the secrets of section 3.1's errata
    assert.equal(
      reference.signature('HMAC-SHA1', wire, 'j49sk3j29djd', 'dh893hdasih9'),
      'r6/TJjbCOr97/+UU0NsvSne7s5g=',
    )
  })
})
