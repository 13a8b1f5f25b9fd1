import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodes } from '../../src/errors'

const root = join(__dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const markdownIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file))

interface Row {
  asks: string
  does: string
  tests: { file: string; title: string }[]
}

/** The rows of the tables whose last column says what proves them. */
function provedIn(page: string): Row[] {
  return read(page)
    .split(/\n{2,}/)
    .filter((block) => /^\|.*\| proved by +\|$/m.test(block))
    .flatMap((table) => table.split('\n').slice(2))
    .map((row) => {
      const [, asks = '', does = '', proof = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim())
      return { asks, does, tests: testsIn(proof) }
    })
}

/** From: `file`: "title", "title"; `file`: "title" */
function testsIn(proof: string): Row['tests'] {
  const quoted = /"([^"]+)"/g
  return proof.split('; `').flatMap((part) => {
    const file = /^`?([^`]+)`: /.exec(part)?.[1] ?? ''
    return [...part.matchAll(quoted)].map(([, title = '']) => ({ file, title }))
  })
}

/**
 * Whether a test file has a test of this title: as it stands, or as a template whose place holders stand for texts
 * that are in the file.
 */
function hasTest(source: string, title: string): boolean {
  const titles = [...source.matchAll(/\bit\(\s*(['"`])((?:\\.|(?!\1).)+)\1/g)]
  return titles.some(([, quote, written = '']) => {
    if (quote !== '`') return written.replace(/\\(.)/g, '$1') === title
    const fixed = written.split(/\$\{[^}]*\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    const filled = new RegExp(`^${fixed.join('(.+?)')}$`).exec(title)
    return filled?.slice(1).every((text) => source.includes(text)) ?? false
  })
}

describe('the pages of the providers', () => {
  for (const page of [
    'docs/healthjibe.md',
    'docs/razcode.md',
    'docs/humanapi.md',
    'docs/zivacare.md',
    'docs/healthcode.md',
  ]) {
    describe(page, () => {
      const rows = provedIn(page)

      it('name what does each thing that is asked, and tests that exist', () => {
        assert.ok(rows.length > 20)
        const missing = rows.flatMap(({ tests }) =>
          tests.filter(({ file, title }) => {
            const path = `test/${file}`
            return !existsSync(join(root, path)) || !hasTest(read(path), title)
          }),
        )
        assert.deepEqual(missing, [])
      })

      it('leave nothing without a proof but what is not to be done', () => {
        const unproved = rows.filter(
          ({ tests, does }) => tests.length === 0 && !does.startsWith('nothing to do'),
        )
        assert.deepEqual(unproved, [])
        assert.deepEqual(
          rows.filter(({ asks, does }) => asks === '' || does === ''),
          [],
        )
      })
    })
  }
})

describe('a title in a table is found', () => {
  const source = "it('a plain one', f)\nconst all = ['no HMS']\nit(`says ${code} for ${what}`, f) // HG_INPUT"

  it('as it stands, or from its template, and not otherwise', () => {
    assert.ok(hasTest(source, 'a plain one'))
    assert.ok(hasTest(source, 'says HG_INPUT for no HMS'))
    for (const title of ['a plain', 'a plain one too', 'says HG_INPUT for a month 13', 'says nothing']) {
      assert.ok(!hasTest(source, title), title)
    }
  })
})

describe('the documents', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')]

  it('link to pages and headings that exist', () => {
    const anchorsOf = (page: string) =>
      [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s-]/gu, '')
          .replaceAll(' ', '-'),
      )
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(((?!https?:)[^)\s]*)\)/g)]
        .map(([, target = '']) => {
          const [path = '', anchor] = target.split('#')
          const file = path === '' ? page : join(page, '..', path)
          return { page, target, file, anchor }
        })
        .filter(
          ({ file, anchor }) =>
            !existsSync(join(root, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor)),
        ),
    )
    assert.deepEqual(broken, [])
  })

  it('tell every error code', () => {
    for (const code of Object.keys(errorCodes)) assert.ok(read('README.md').includes(`\`${code}\``), code)
  })
})

describe('the help', () => {
  const reference = 'en-US'
  const languages = readdirSync(join(root, 'locales'))
  const pages = readdirSync(join(root, 'locales', reference)).filter((file) => file.endsWith('.html'))

  for (const page of pages) {
    const textIn = (language: string) => read(join('locales', language, page))
    /** What must not differ between languages: properties with their types, and everything in code. */
    const factsIn = (language: string) => {
      const text = textIn(language)
      const properties = [...text.matchAll(/^ *: ([\w, .]+) \(/gm)].map(([, name]) => name)
      const codes = [...text.matchAll(/`(HG_\w+)`/g)].map(([, code = '']) => code)
      const headings = [...text.matchAll(/^ *###/gm)].length
      return { properties, codes: [...new Set(codes)].sort(), headings }
    }

    it(`of ${page.replace('.html', '')} names the same properties and errors in every language`, () => {
      for (const language of languages) assert.deepEqual(factsIn(language), factsIn(reference), language)
      for (const code of factsIn(reference).codes) assert.ok(code in errorCodes, code)
    })

    it(`of ${page.replace('.html', '')} has its properties in the form that Node-RED shows as a list`, () => {
      for (const language of languages) {
        const lines = textIn(language).match(/^ *: .*$/gm) ?? []
        // One line each, at the beginning of a line or within a numbered list, and with no further colon.
        const wrong = lines.filter((line) => !/^(?: {3})?: [^:()]+ \([^:]+\) : [^:]+$/.test(line))
        assert.deepEqual(wrong, [], language)
      }
    })
  }
})
