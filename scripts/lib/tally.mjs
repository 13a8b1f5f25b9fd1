/** Counts what passed, failed and was skipped, and tells it as it happens. */
export class Tally {
  counts = { passed: 0, failed: 0, skipped: 0 }
  /** One line each, repeated at the end. */
  remarks = []

  /** One check that is not a suite of its own. `work` throws to fail it. */
  async check(name, work) {
    const started = Date.now()
    try {
      const note = await work()
      this.counts.passed += 1
      console.log(`  ok      ${name}${note ? `: ${note}` : ''} (${seconds(started)})`)
    } catch (error) {
      this.counts.failed += 1
      this.remarks.push(`FAILED  ${name}`)
      console.log(`  FAILED  ${name}\n${indent(error.output || error.message)}`)
    }
  }

  /** What a missing tool left out. A build machine has every tool: there it is a failure. */
  skip(name, reason) {
    const counted = process.env.CI === 'true' ? 'failed' : 'skipped'
    this.counts[counted] += 1
    const line = `${counted === 'failed' ? 'FAILED ' : 'skipped'} ${name}: ${reason}`
    this.remarks.push(line)
    console.log(`  ${line}`)
  }

  add(name, { passed, failed, skipped }) {
    this.counts.passed += passed
    this.counts.failed += failed
    this.counts.skipped += skipped
    if (failed > 0) this.remarks.push(`FAILED  ${name}: ${failed} of ${passed + failed}`)
  }

  /** The closing line, in the form that build machines read. */
  get line() {
    const { passed, failed, skipped } = this.counts
    return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  }
}

export const seconds = (started) => `${((Date.now() - started) / 1000).toFixed(1)} s`

const indent = (text) => text.trim().replace(/^/gm, '    ')
