/**
 * The end of a flow under test: hands each message, with its types and at any length, to the test that started this
 * process. What cannot be handed over (`msg.req`, `msg.res`) is left out.
 */
module.exports = (RED) => {
  // A test run that dies must not leave a Node-RED behind.
  process.once('disconnect', () => process.exit(1))

  function TestCapture(config) {
    RED.nodes.createNode(this, config)
    this.on('input', (msg, _send, done) => {
      process.send({ captured: config.id, msg: handable(msg) }, done)
    })
  }
  RED.nodes.registerType('test-capture', TestCapture)
}

function handable(msg) {
  return Object.fromEntries(
    Object.entries(msg).filter(([, value]) => {
      try {
        structuredClone(value)
        return true
      } catch {
        return false
      }
    }),
  )
}
