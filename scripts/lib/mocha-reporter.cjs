const { writeFileSync } = require('node:fs')
const { Runner, reporters } = require('mocha')

/** After the last test nothing should be open: this is how long a slow close may take. */
const closingMs = 15_000

/** Mocha's own report for people, and the counts for `scripts/test.mjs` in the file named by `--reporter-option`. */
module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats
      writeFileSync(
        options.reporterOptions.counts,
        JSON.stringify({ passed: passes, failed: failures, skipped: pending }),
      )
      setTimeout(stillOpen, closingMs).unref()
    })
  }
}

/** Without this, a server or a timer that a test forgot would hold the whole run until its time limit. */
function stillOpen() {
  console.error(
    `\n  The tests have ended but not their process. Still open: ${process.getActiveResourcesInfo().join(', ')}`,
  )
  process.exit(1)
}
