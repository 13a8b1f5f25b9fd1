import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
export const cache = path.join(root, '.cache')

export const inRoot = (...parts) => path.join(root, ...parts)
export const inCache = (...parts) => path.join(cache, ...parts)

export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))
export const packageJson = () => readJson(inRoot('package.json'))

/**
 * Folders of scripts that go to browsers as they are; each has a `tsconfig.json` of its own. That of `nodes/kit/page`
 * is for the `page.js` of nodes as well.
 */
export const browserScripts = ['src/sandbox/browser', 'nodes/kit/page']
