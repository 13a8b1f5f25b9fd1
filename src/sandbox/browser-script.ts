import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Route } from './call'

/**
 * Serves a file of `browser/` as it is, to pages of any origin.
 * @param at its name without the ending, and the path to serve it at; the rest as in any route
 */
export function browserScript({
  name,
  ...at
}: { name: string } & Pick<Route, 'path' | 'endpoint' | 'about'>): Route {
  const body = readFileSync(path.join(__dirname, 'browser', `${name}.js`))
  return {
    methods: ['GET'],
    reader: 'program',
    ...at,
    answer: () => ({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body }),
  }
}
