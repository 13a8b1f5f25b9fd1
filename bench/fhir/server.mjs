/** A FHIR server that speaks just enough HTTP/1.1 to measure clients: node:http would be the limit of the fastest. */
import net from 'node:net'
import { FHIR, PATIENT, TOKEN } from './patient.mjs'

const answer = (status, type, body, more = '') =>
  Buffer.from(
    `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\n${more}` +
      `connection: keep-alive\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
const patient = Buffer.from(JSON.stringify(PATIENT))
const token = { access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 }
const answers = {
  read: answer('200 OK', FHIR, patient, 'etag: W/"1"\r\n'),
  create: answer('201 Created', FHIR, patient, 'etag: W/"1"\r\nlocation: /fhir/Patient/p1/_history/1\r\n'),
  token: answer('200 OK', 'application/json', Buffer.from(JSON.stringify(token))),
  refused: answer('401 Unauthorized', FHIR, Buffer.alloc(0)),
}

function reply(head, body) {
  if (head.startsWith('POST /token ')) return answers.token
  if (head.startsWith('GET /fhir/.well-known/smart-configuration ')) {
    const configuration = { token_endpoint: `http://127.0.0.1:${server.address().port}/token` }
    return answer('200 OK', 'application/json', Buffer.from(JSON.stringify(configuration)))
  }
  if (!head.includes(`Bearer ${TOKEN}`)) return answers.refused
  if (head.startsWith('GET ')) return answers.read
  JSON.parse(body)
  return answers.create
}

const server = net.createServer((socket) => {
  let held = ''
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  socket.on('data', (piece) => {
    held += piece.toString('latin1')
    for (;;) {
      const end = held.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = held.slice(0, end)
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
      const next = end + 4 + length
      if (held.length < next) return
      socket.write(reply(head, held.slice(end + 4, next)))
      held = held.slice(next)
    }
  })
})
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.once('disconnect', () => process.exit())
