import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodes } from '../../src/errors'

const root = join(__dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const languages = readdirSync(join(root, 'locales'))
const reference = 'en-US'
const catalogs = readdirSync(join(root, 'locales', reference)).filter((file) => file.endsWith('.json'))

function keysOf(value: unknown, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix]
  return Object.entries(value as object).flatMap(([key, inner]) =>
    keysOf(inner, prefix ? `${prefix}.${key}` : key),
  )
}

const keys = (language: string, catalog: string) => keysOf(JSON.parse(read(`locales/${language}/${catalog}`)))

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? sources(path) : [read(path)]
  })
}

describe('the catalogs', () => {
  it('have the same files in every language', () => {
    for (const language of languages) {
      assert.deepEqual(
        readdirSync(join(root, 'locales', language)).sort(),
        readdirSync(join(root, 'locales', reference)).sort(),
        language,
      )
    }
  })

  for (const catalog of catalogs) {
    it(`have the same keys in every language: ${catalog}`, () => {
      for (const language of languages)
        assert.deepEqual(keys(language, catalog), keys(reference, catalog), language)
    })

    it(`have no empty text and the same place holders: ${catalog}`, () => {
      const texts = (language: string) =>
        JSON.stringify(JSON.parse(read(`locales/${language}/${catalog}`))).match(/__\w+__/g) ?? []
      for (const language of languages) {
        assert.ok(!read(`locales/${language}/${catalog}`).includes('""'))
        assert.deepEqual(texts(language), texts(reference))
      }
    })
  }

  it('hold no key that nothing uses', () => {
    const code = sources('nodes').join('\n')
    const computed = [
      ...Object.keys(errorCodes).map((error) => `status.${error}`),
      ...['connected', 'stopped', 'signedOn', 'activated', 'again', 'failed'].flatMap((page) => [
        `page.${page}.title`,
        `page.${page}.text`,
      ]),
    ]
    const unused = catalogs
      .flatMap((catalog) => keys(reference, catalog))
      .filter((key) => !computed.includes(key) && !code.includes(key))
    assert.deepEqual(unused, [])
  })

  it('hold every key that is used', () => {
    const defined = new Set(catalogs.flatMap((catalog) => keys(reference, catalog)))
    const code = sources('nodes').join('\n')
    const used = [
      ...[...code.matchAll(/data-i18n="(?:\[[\w-]+\])?([a-z][\w.-]+)"/g)].map(([, key]) => key),
      ...[...code.matchAll(/ label="([\w.-]+)"/g)].map(([, key]) => key),
      ...[...code.matchAll(/ options="([^"]+)"/g)].flatMap(([, options = '']) =>
        options.split(' ').map((option) => option.split('=')[1]),
      ),
      ...[...code.matchAll(/(?:this|node|RED)\._\(\s*'([\w.-]+)'/g)].map(([, key]) => key),
      ...[...code.matchAll(/'(status\.\w+)'/g)].map(([, key]) => key),
      ...Object.keys(errorCodes).map((error) => `status.${error}`),
    ]
    assert.deepEqual(
      used.filter((key) => key !== undefined && !defined.has(key)),
      [],
    )
    assert.ok(used.length > 30)
  })

  it('have statuses that fit under a node: at most 22 characters', () => {
    for (const language of languages) {
      const { status } = JSON.parse(read(`locales/${language}/common.json`)) as {
        status: Record<string, string>
      }
      assert.deepEqual(
        Object.values(status).filter((text) => text.length > 22),
        [],
      )
    }
  })
})
