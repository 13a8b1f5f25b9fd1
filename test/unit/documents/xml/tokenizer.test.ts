import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { stringWork } from '../../../support/string-work'
import { GatewayError } from '../../../../src/errors'
import type { XmlAttribute } from '../../../../src/documents/xml/nodes'
import { XmlTokenizer, type XmlTokenizerOptions, type XmlName } from '../../../../src/documents/xml/tokenizer'

type Event = readonly unknown[]

/** Puts texts that follow each other together: how they are cut is not part of the agreement. */
class Events {
  readonly list: Event[] = []
  #text = ''

  text(text: string): void {
    this.#text += text
  }

  add(...event: Event): void {
    if (this.#text !== '') this.list.push(['text', this.#text])
    this.#text = ''
    this.list.push(event)
  }
}

function ours(pieces: readonly string[], limits?: XmlTokenizerOptions): Event[] {
  const events = new Events()
  const tokenizer = new XmlTokenizer(
    {
      open(name: XmlName, attributes: readonly XmlAttribute[]) {
        const { namespace, local, prefix } = name
        const sorted = attributes.map((a) => [a.name, a.namespace ?? '', a.value].join('|')).sort()
        events.add('open', namespace, prefix, local, sorted)
      },
      close: (name) => events.add('close', name.name),
      text(text, blank) {
        assert.equal(blank, /^[ \t\r\n]*$/.test(text))
        events.text(text)
      },
      comment: (text) => events.add('comment', text),
      instruction: (target, data) => events.add('instruction', target, data),
    },
    limits,
  )
  for (const piece of pieces) tokenizer.write(piece)
  tokenizer.end()
  return events.list
}

/** The reference: saxes, strict and with namespaces, and a DOCTYPE refused as we refuse it. */
function reference(xml: string): Event[] {
  const events = new Events()
  const parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' })
  let depth = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('a DOCTYPE')
  })
  parser.on('opentag', ({ uri, prefix, local, attributes }) => {
    depth++
    const sorted = Object.values(attributes).map((a) =>
      [a.name, a.uri === 'http://www.w3.org/2000/xmlns/' ? '' : a.uri, a.value].join('|'),
    )
    events.add('open', uri, prefix, local, sorted.sort())
  })
  parser.on('closetag', ({ name }) => {
    depth--
    events.add('close', name)
  })
  const text = (text: string) => {
    if (depth > 0) events.text(text)
  }
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('comment', (text) => events.add('comment', text))
  parser.on('processinginstruction', ({ target, body }) => events.add('instruction', target, body))
  parser.write(xml).close()
  return events.list
}

class Nothing {
  open = ignored
  close = ignored
  text = ignored
  comment = ignored
  instruction = ignored
}
const ignored = () => undefined

type Outcome = { events: Event[] } | { refused: unknown }

function outcome(read: () => Event[]): Outcome {
  try {
    return { events: read() }
  } catch (error) {
    return { refused: error }
  }
}

/** Accepts and refuses what the reference does, with the same content, however the document is cut. */
function agrees(xml: string, cut?: readonly string[]): void {
  const expected = outcome(() => reference(xml))
  const actual = outcome(() => ours(cut ?? [xml]))
  if ('events' in expected) {
    if ('refused' in actual) throw actual.refused
    assert.deepEqual(actual.events, expected.events)
  } else {
    assert.ok('refused' in actual, `accepted, but ${String(expected.refused)}`)
    assert.ok(actual.refused instanceof GatewayError, String(actual.refused))
    assert.equal(actual.refused.code, 'HG_INPUT')
    assert.match(actual.refused.message, /^The document is not well-formed XML, at line:column \d+:\d+: /)
  }
}

function refusal(xml: string, limits?: XmlTokenizerOptions): string {
  const result = outcome(() => ours([xml], limits))
  assert.ok('refused' in result && result.refused instanceof GatewayError, 'was accepted')
  return result.refused.message.replace('The document is not well-formed XML, at line:column ', '')
}

const wellFormed = [
  '<a/>',
  '<a />',
  '<a></a >',
  '\uFEFF<a/>',
  '<?xml version="1.0"?><a/>',
  `<?xml version='1.0' encoding='ISO-8859-1' standalone='no' ?>\r\n<a/>`,
  '<?xml\nversion = "1.0"\tencoding="x"?><a/>',
  '<?xml-stylesheet href="a"?><!-- c --><a/><?end?><!----> \n',
  '<a>text</a>',
  '<a> </a>',
  '<a>\r\n1\r2\n\r3</a>',
  '<a>&lt;&gt;&amp;&quot;&apos;&#233;&#xe9;&#x1F600;&#13;&#10;</a>',
  '<a>&#x00000000000000000000000000000000000000000000000000000000000000000000000000041;</a>',
  '<a><![CDATA[]]></a>',
  '<a>x<![CDATA[<&]]]]>y<![CDATA[>]]></a>',
  '<a>]]&gt; ]] > ]&gt;</a>',
  '<a b="1" c=\'"2"\'/>',
  '<a b = "1"\n c\t=\r\n"2"/>',
  '<a b="\t\n\r\nx&#9;&#10;&lt;&quot;>"/>',
  '<a b=""/>',
  '<a xmlns="u"><b/><c xmlns=""><d/></c></a>',
  '<p:a xmlns:p="u" p:b="1" b="2"><p:c xmlns:p="v" p:b="3"/><p:d/></p:a>',
  '<a xmlns:p="u" xmlns:q="v" p:x="1" q:x="2"/>',
  '<a xml:lang="de" xml:space="preserve"/>',
  '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
  '<é/>',
  '<a·-.1/>',
  '<𐀀 𐀀="𐀀"/>',
  '<a>\u{1F600}\ud7ff\ue000\ufffd\u{10ffff}\u0085\u2028\x7f</a>',
  '<a><?p?><?q  data ? > ?></a>',
  '<a><!-- - -> <b> & --></a>',
  '<__proto__ constructor="1"><toString/></__proto__>',
]

const malformed = [
  ...[
    '',
    ' ',
    'x',
    '<',
    '<a',
    '<a>',
    '<a/',
    '<a></a',
    '<a></b>',
    '</a>',
    '<a/></a>',
    '<a/><b/>',
    '<a/>x',
    'x<a/>',
  ],
  ...[
    '<a/>&#32;',
    '&amp;<a/>',
    '<![CDATA[]]><a/>',
    '<a/><![CDATA[]]>',
    '<a><b></a></b>',
    '<a/ >',
    '<a//>',
    '< a/>',
  ],
  ...[
    '<1/>',
    '<-a/>',
    '<a:/>',
    '<:a/>',
    '<a:b:c xmlns:a="u"/>',
    '<a:b/>',
    '<a b:c="1"/>',
    '<xmlns:a/>',
    '<a><a:b/></a>',
  ],
  ...[
    '<a b/>',
    '<a b=/>',
    '<a b=1/>',
    '<a b="1/>',
    '<a b="1"c="2"/>',
    '<a b="<"/>',
    '<a b="&"/>',
    '<a b="&x;"/>',
  ],
  ...['<a b="1" b="2"/>', '<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>', '<a xmlns="u" xmlns="v"/>'],
  ...[
    '<a xmlns:p=""/>',
    '<a xmlns:xml="u"/>',
    '<a xmlns:xmlns="u"/>',
    '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
  ],
  ...['<a xmlns="http://www.w3.org/XML/1998/namespace"/>', '<a xmlns="http://www.w3.org/2000/xmlns/"/>'],
  ...[
    '<a>&</a>',
    '<a>& </a>',
    '<a>&;</a>',
    '<a>&nbsp;</a>',
    '<a>&amp</a>',
    '<a>&#;</a>',
    '<a>&#x;</a>',
    '<a>&#0;</a>',
  ],
  ...[
    '<a>&#xD800;</a>',
    '<a>&#xFFFE;</a>',
    '<a>&#x110000;</a>',
    '<a>&#1e3;</a>',
    '<a>&#X41;</a>',
    '<a>&__proto__;</a>',
  ],
  ...[
    '<a>]]></a>',
    '<a>\x00</a>',
    '<a>\x1b</a>',
    '<a>\ufffe</a>',
    '<a b="\x01"/>',
    '<!--\x01--><a/>',
    '<?p \x01?><a/>',
  ],
  ...['<a>\ud800</a>', '<a>\udc00</a>', '<a>\ud800\ud800\udc00</a>', '<a>\ud800', '<a><![CDATA[\x02]]></a>'],
  ...[
    '<!-- -- --><a/>',
    '<!-- ---><a/>',
    '<!--',
    '<!-',
    '<!-->',
    '<!--->',
    '<!x><a/>',
    '<![CDATA',
    '<a><![CDATA[]]</a>',
  ],
  ...[
    '<?xml version="1.0"?>',
    ' <?xml version="1.0"?><a/>',
    '<a><?xml version="1.0"?></a>',
    '<?XML version="1.0"?><a/>',
  ],
  ...[
    '<?xml?><a/>',
    '<?xml encoding="x"?><a/>',
    '<?xml version="2.0"?><a/>',
    '<?xml version="1.0"encoding="x"?><a/>',
  ],
  ...[
    '<?xml version="1.0" standalone="x"?><a/>',
    '<?xml version="1.0" encoding="é"?><a/>',
    '<?xml version=1.0?><a/>',
  ],
  ...[
    '<?xml version="1.0" standalone="yes" encoding="x"?><a/>',
    '<?xml version="1.0"><a/>',
    '<? p?><a/>',
    '<??><a/>',
  ],
  ...[
    '<?1?><a/>',
    '<?p',
    '<a><?p></a>',
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '<a></a b>',
  ],
  ...[
    '<a></ a>',
    '<a></a/>',
    '<a></>',
    '<a></ab>',
    '<ab></a>',
    '<a></a><',
    '<a>\uFEFF\uFFFF</a>',
    '\uFEFF\uFEFF<a/>',
  ],
]

describe('the XML tokenizer', () => {
  it('accepts what is well-formed, with the content that saxes finds', () => {
    for (const xml of wellFormed) {
      assert.ok('events' in outcome(() => ours([xml])), xml)
      agrees(xml)
    }
  })

  it('refuses what is not, as saxes does', () => {
    for (const xml of malformed) {
      assert.ok('refused' in outcome(() => ours([xml])), xml)
      agrees(xml)
    }
  })

  it('finds the same however the document is cut', () => {
    for (const xml of [...wellFormed, ...malformed]) {
      agrees(xml, xml.split(''))
      for (let at = 0; at <= xml.length; at++) agrees(xml, [xml.slice(0, at), '', xml.slice(at)])
    }
  })

  /** Documents made of what is well-formed and what is nearly so. */
  const name = fc.constantFrom('a', 'b', 'p:a', 'q:b', 'é', 'xml:c', 'a-1', 'xmlns', ':', '1')
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      ' ',
      '\n',
      '\r',
      '\r\n',
      '\t',
      '&amp;',
      '&#65;',
      '&#x41;',
      '&x;',
      '&',
      ']]>',
      ']]',
      '-',
      '--',
      'é',
      '\uFEFF',
    ),
  )
  const words = fc.array(word, { maxLength: 4 }).map((list) => list.join(''))
  const attribute = fc.oneof(
    fc.tuple(name, words).map(([n, v]) => ` ${n}="${v}"`),
    fc.constantFrom(
      ' xmlns="u"',
      ' xmlns:p="u"',
      ' xmlns:q="u"',
      ' xmlns:q="v"',
      ' xmlns=""',
      " b='1'",
      ' b',
      '\nb = "2"\t',
    ),
  )
  const attributes = fc.array(attribute, { maxLength: 3 }).map((list) => list.join(''))
  const piece = fc.oneof(
    { weight: 3, arbitrary: words },
    { weight: 3, arbitrary: fc.tuple(name, attributes).map(([n, a]) => `<${n}${a}/>`) },
    { weight: 4, arbitrary: fc.tuple(name, attributes, words).map(([n, a, t]) => `<${n}${a}>${t}</${n}>`) },
    { weight: 1, arbitrary: words.map((t) => `<!--${t}-->`) },
    { weight: 1, arbitrary: words.map((t) => `<![CDATA[${t}]]>`) },
    { weight: 1, arbitrary: fc.tuple(name, words).map(([n, t]) => `<?${n} ${t}?>`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '<',
        '>',
        '</',
        '/>',
        '<!',
        '<?',
        '"',
        '</a>',
        '<a>',
        '<?xml version="1.0"?>',
      ),
    },
  )
  const inside = fc.array(piece, { maxLength: 5 }).map((list) => list.join(''))
  const document = fc.oneof(
    { weight: 5, arbitrary: inside.map((xml) => `<r xmlns:p="u" xmlns:q="v">${xml}</r>`) },
    { weight: 1, arbitrary: inside },
    { weight: 1, arbitrary: fc.tuple(inside, inside).map(([a, b]) => `${a}<r>${b}</r>${a}`) },
  )

  /** It takes namespaces without the white space around them, which Namespaces in XML does not say. */
  const trimmedBySaxes = /xmlns(?::\w*)?\s*=\s*(?:"[^"]*[\s&][^"]*"|'[^']*[\s&][^']*')/
  it('takes a namespace as it stands, white space included', () => {
    assert.deepEqual(ours(['<a xmlns=" u&#9;" xmlns:p=" "><p:b/></a>']).slice(0, 2), [
      ['open', ' u\t', '', 'a', ['xmlns:p|| ', 'xmlns|| u\t']],
      ['open', ' ', 'p', 'b', []],
    ])
    const [first] = ours(['<a xmlns:p="u" xmlns:q="u " p:x="1" q:x="2"/>'])
    assert.deepEqual(first?.at(-1), ['p:x|u|1', 'q:x|u |2', 'xmlns:p||u', 'xmlns:q||u '])
  })

  it('agrees with saxes on documents made at random, cut at random', () => {
    fc.assert(
      fc.property(document, fc.array(fc.nat(200), { maxLength: 6 }), (xml, at) => {
        fc.pre(!trimmedBySaxes.test(xml))
        const cuts = [...new Set(at)].filter((cut) => cut < xml.length).sort((a, b) => a - b)
        agrees(
          xml,
          [0, ...cuts].map((cut, i) => xml.slice(cut, cuts[i])),
        )
      }),
      { numRuns: 5000 },
    )
  })

  it('leaves out white space between tags where it is told to, however the document is cut', () => {
    const told = (pieces: readonly string[]) => ours(pieces, { skipBlanks: true })
    assert.deepEqual(
      told(['<a>\n <b> </b> <c/> <d> <e/>\t</d> x <f/>\n<!-- --> </a>']).flatMap(([what, text]) =>
        what === 'text' ? [text] : [],
      ),
      [' ', ' x ', '\n', ' '],
    )
    fc.assert(
      fc.property(document, fc.array(fc.nat(200), { maxLength: 6 }), (xml, at) => {
        const whole = outcome(() => told([xml]))
        if ('refused' in whole) return
        const cuts = [0, ...[...new Set(at)].sort((a, b) => a - b)]
        assert.deepEqual(told(cuts.map((cut, i) => xml.slice(cut, cuts[i + 1]))), whole.events)
      }),
      { numRuns: 2000 },
    )
  })

  it('says where the fault is, and what was expected', () => {
    const faults: [string, RegExp][] = [
      [
        '<a>\n  <b>\n  </c>\n</a>',
        /^3:3: expected the end tag of the element that begins at 2:3, found another tag\.$/,
      ],
      ['<a>\r\n\r\n<b', /^3:1: expected ">", the end of the tag that begins here, the document ends\.$/],
      ['<a>\n<b>', /^2:4: expected the end tag of the element that begins at 2:1, the document ends\.$/],
      ['<a b="1" b="2"/>', /^1:1: expected each attribute only once\.$/],
      ['<a>é &nbsp;</a>', /^1:6: expected &amp; .* after "&"/],
      ['<a>\n\x00</a>', /^2:1: expected a character that XML allows\.$/],
      ['<a>\n<!-- a -- b --></a>', /^2:8: expected a comment without "--"\.$/],
      ['<a/>\n<b/>', /^2:1: expected nothing after the root element\.$/],
      ['\n<!DOCTYPE a>', /^2:1: a DOCTYPE is not allowed\.$/],
      ['', /^1:1: expected an element, the document ends\.$/],
    ]
    for (const [xml, message] of faults) assert.match(refusal(xml), message)
  })

  it('says the same place however the document is cut', () => {
    const lines = `<a>\r\n${'<b c="1">text</b>\r\n'.repeat(1000)}`
    const xml = `${lines}<d>\n<e></d></a>`
    const whole = refusal(xml)
    assert.match(whole, /^1003:4: expected the end tag of the element that begins at 1003:1/)
    for (const size of [1, 7, 4096]) {
      const pieces = Array.from({ length: Math.ceil(xml.length / size) }, (_, i) =>
        xml.slice(i * size, (i + 1) * size),
      )
      const result = outcome(() => ours(pieces))
      assert.ok('refused' in result)
      assert.ok((result.refused as Error).message.endsWith(whole))
    }
  })

  it('knows where an element begins that came after others had ended', () => {
    const blank = ' '.repeat(9000)
    const pieces = [`<a>\n<b>\n<c>${blank}`, `</c></b>\n\n\n<x>\n<y>${blank}`, blank, blank, '</q>']
    const result = outcome(() => ours(pieces))
    assert.ok('refused' in result)
    assert.match((result.refused as Error).message, /the element that begins at 7:1, found another tag/)
  })

  it('names an element in an error only if it is told that it may', () => {
    assert.match(
      refusal('<Problem></Erika>', { mayName: (local) => local === 'Problem' }),
      /expected <\/Problem> of/,
    )
    assert.doesNotMatch(refusal('<Erika><Maria></Erika>', { mayName: () => false }), /Erika|Maria/)
  })

  it('knows the line of what it tells', () => {
    const seen: string[] = []
    const note = (what: string) => seen.push(`${what} ${tokenizer.line}`)
    const tokenizer: XmlTokenizer = new XmlTokenizer({
      open: ({ local }) => note(local),
      close: ({ local }) => note(`/${local}`),
      text: () => undefined,
      comment: () => note('comment'),
      instruction: () => note('instruction'),
    })
    for (const piece of ['<a>\n<b\n>', '\n\n<!--\n--', '><?p\n?>\r', '\n<c/></b>\n</a>'])
      tokenizer.write(piece)
    tokenizer.end()
    assert.deepEqual(seen, ['a 1', 'b 2', 'comment 5', 'instruction 6', 'c 8', '/c 8', '/b 8', '/a 9'])
  })

  it('limits the depth and the attributes', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)
    assert.equal(ours([nested(256)]).length, 512)
    assert.match(refusal(nested(257)), /^1:769: nested deeper than 256 elements\.$/)
    assert.match(refusal(nested(4), { maxDepth: 3 }), /nested deeper than 3/)
    assert.match(refusal('<a b="" c=""/>', { maxAttributes: 1 }), /at most 1 attributes/)
    const attributes = (count: number) => Array.from({ length: count }, (_, i) => ` b${i}=""`).join('')
    assert.equal(ours([`<a${attributes(1024)}/>`]).length, 2)
    assert.match(refusal(`<a${attributes(1025)}/>`), /at most 1024 attributes/)
  })

  it('looks at a long token in small pieces as often as its length says', () => {
    const size = 1_000_000
    for (const [before, after] of [
      ['<a>', '</a>'],
      ['<a><!--', '--></a>'],
      ['<a b="', '"/>'],
    ] as const) {
      const { characters } = stringWork(() => {
        const tokenizer = new XmlTokenizer(new Nothing())
        tokenizer.write(before)
        for (let length = 0; length < size; length += 1000) tokenizer.write('x'.repeat(1000))
        tokenizer.write(after)
        tokenizer.end()
      }, Infinity)
      assert.ok(characters < 40 * size, `${characters} characters for ${before}`)
    }
  })

  it('takes input of any shape without going over it again and again', () => {
    const size = 2_000_000
    const shapes = [
      `<a>${'x'.repeat(size)}</a>`,
      `<a b="${'x'.repeat(size)}"/>`,
      `<a><!--${'- '.repeat(size / 2)}--></a>`,
      `<a><![CDATA[${']'.repeat(size)}]]></a>`,
      `<a>${'&amp;'.repeat(size / 5)}</a>`,
      `<a>${' '.repeat(size)}</a>`,
      `<a>${'\n'.repeat(size)}</a>`,
      `<a ${' '.repeat(size)}/>`,
      `<${'a'.repeat(size)}/>`,
    ]
    for (const xml of shapes) {
      const pieces = Array.from({ length: Math.ceil(xml.length / 100) }, (_, i) =>
        xml.slice(i * 100, (i + 1) * 100),
      )
      assert.deepEqual(ours(pieces), ours([xml]))
    }
  }).timeout(60_000)
})
