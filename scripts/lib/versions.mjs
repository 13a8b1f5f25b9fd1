/** [major, minor, patch] of a version such as `v20.18.1`. */
export const parts = (version) => version.replace(/^v/, '').split('.').map(Number)

export function atLeast(version, wanted) {
  const have = parts(version)
  const want = parts(wanted)
  for (let index = 0; index < 3; index += 1) {
    const difference = (have[index] ?? 0) - (want[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** The oldest Node that runs what. The first is also `engines.node` of package.json. */
export const oldestNode = { project: '20.18.1', nodeRed5: '22.9.0' }

export function requireNode() {
  if (atLeast(process.version, oldestNode.project)) return
  console.error(`This is Node ${process.version}; the project needs ${oldestNode.project} or newer.`)
  process.exit(1)
}
