import assert from 'node:assert/strict'
import type { ErrorCode } from '../../../src/errors'
import { errorForStatus, isHtml } from '../../../src/http/status'
import type { HttpResponse } from '../../../src/http/types'

function response(statusCode: number, headers: Record<string, string> = {}, body = ''): HttpResponse {
  return {
    statusCode,
    headers,
    body: Buffer.from(body),
    attempts: 1,
    url: 'https://www.razcode.net/gateway/x',
  }
}

const facts = { provider: 'healthjibe', operation: 'notify', what: 'the notification' }

describe('errorForStatus', () => {
  const expected: [status: number, code: ErrorCode, retryable: boolean][] = [
    [200, 'HG_RESPONSE', false],
    [301, 'HG_RESPONSE', false],
    [302, 'HG_RESPONSE', false],
    [307, 'HG_RESPONSE', false],
    [400, 'HG_REJECTED', false],
    [401, 'HG_AUTH', false],
    [403, 'HG_FORBIDDEN', false],
    [404, 'HG_NOT_FOUND', false],
    [405, 'HG_REJECTED', false],
    [407, 'HG_CONFIG', false],
    [408, 'HG_TIMEOUT', true],
    [409, 'HG_CONFLICT', false],
    [410, 'HG_NOT_FOUND', false],
    [412, 'HG_CONFLICT', false],
    [413, 'HG_TOO_LARGE', false],
    [422, 'HG_REJECTED', false],
    [429, 'HG_RATE_LIMITED', true],
    [500, 'HG_UNAVAILABLE', true],
    [502, 'HG_UNAVAILABLE', true],
    [503, 'HG_UNAVAILABLE', true],
    [599, 'HG_UNAVAILABLE', true],
  ]
  for (const [status, code, retryable] of expected) {
    it(`${status} is ${code}${retryable ? ', retryable' : ''}`, () => {
      const error = errorForStatus(response(status), facts)
      assert.equal(error.code, code)
      assert.deepEqual(error.cause, {
        provider: 'healthjibe',
        operation: 'notify',
        statusCode: status,
        retryable,
      })
      assert.match(
        error.message,
        new RegExp(`^healthjibe answered for the notification with HTTP ${status}: .+\\.$`),
      )
      assert.doesNotMatch(error.message, /redacted/)
    })
  }

  it('names nobody when the provider is not known', () => {
    const error = errorForStatus(response(500), {})
    assert.match(error.message, /^The provider answered with HTTP 500: /)
    assert.deepEqual(error.cause, { statusCode: 500, retryable: true })
  })

  it('takes the provider’s request id from any of the usual headers', () => {
    for (const header of ['x-request-id', 'x-correlation-id', 'request-id']) {
      assert.equal(errorForStatus(response(500, { [header]: 'req-42' }), facts).cause.requestId, 'req-42')
    }
  })

  it('quotes nothing of the answer', () => {
    const error = errorForStatus(response(400, {}, 'Jane Doe'), facts)
    assert.doesNotMatch(JSON.stringify([error.message, error.cause]), /Jane/)
  })

  describe('Retry-After', () => {
    const wait = (header: string, more: Record<string, string> = {}) => {
      const { detail } = errorForStatus(response(503, { 'retry-after': header, ...more }), facts).cause
      return (detail as { retryAfterMs?: number } | undefined)?.retryAfterMs
    }

    it('in seconds', () => {
      assert.equal(wait('120'), 120_000)
      assert.equal(wait(' 0 '), 0)
    })

    it('as a date, by the clock of the server', () => {
      const date = 'Wed, 21 Oct 2015 07:27:00 GMT'
      assert.equal(wait('Wed, 21 Oct 2015 07:28:00 GMT', { date }), 60_000)
      assert.equal(wait('Wed, 21 Oct 2015 07:28:00 GMT'), 0)
    })

    it('unreadable is as if absent', () => {
      for (const header of ['', 'soon', '1.5 apples']) assert.equal(wait(header), undefined)
    })
  })
})

describe('isHtml', () => {
  const html = (body: string, type = '') => isHtml(response(200, type ? { 'content-type': type } : {}, body))

  it('knows a page by its beginning, whatever its content type', () => {
    for (const page of [
      '<!DOCTYPE html><title>x</title>',
      '\r\n <html>',
      '<HTML lang="en">',
      '\ufeff<!doctype HTML PUBLIC "-//W3C//DTD XHTML 1.0">',
      '<?xml version="1.0"?>\n<!-- a --><!DOCTYPE html>',
      '<body>sorry</body>',
    ]) {
      assert.equal(html(page), true, page)
      assert.equal(html(page, 'application/json'), true, page)
    }
  })

  it('takes markup called text/html for a page', () => {
    assert.equal(html('<p>Service Unavailable</p>', 'text/html; charset=utf-8'), true)
  })

  it('does not take other answers for pages, even when they are called text/html', () => {
    assert.equal(html('oauth_token=a&oauth_token_secret=b', 'text/html'), false)
    assert.equal(html('', 'text/html'), false)
    assert.equal(html('["hms1"]', 'text/html'), false)
    assert.equal(html('<ContinuityOfCareRecord/>', 'application/xml'), false)
    assert.equal(html('<?xml version="1.0"?><html-report/>', 'text/xml'), true)
  })

  it('is quick on a hostile beginning', () => {
    assert.equal(html('<!--'.repeat(100_000)), false)
  })
})
