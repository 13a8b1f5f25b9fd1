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
      const tell = (failed) => {
        const counts = JSON.stringify({ passed: passes, failed, skipped: pending })
        writeFileSync(options.reporterOptions.counts, counts)
      }
      tell(failures)
      setTimeout(() => {
        // Mocha sets the exit code itself, whatever is given here: only the counts can say it.
        tell(failures + 1)
        endWhatIsOpen()
      }, closingMs).unref()
    })
  }
}

/** Without this, a server or a timer that a test forgot would hold the whole run until its time limit. */
function endWhatIsOpen() {
  const open = process.getActiveResourcesInfo().join(', ')
  console.error(`\n  The tests have ended but not their process. Still open: ${open}`)
  process.exit()
}
