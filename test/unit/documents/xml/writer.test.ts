import assert from 'node:assert/strict'
import { SaxesParser } from 'saxes'
import type { XmlNode } from '../../../../src/documents/xml/nodes'
import { isNode, NO_NAMESPACES, XmlWriter } from '../../../../src/documents/xml/writer'
import { GatewayError } from '../../../../src/errors'

function written(...nodes: unknown[]): string {
  const writer = new XmlWriter(false, () => 'There')
  for (const node of nodes.filter(isNode)) writer.node(node, NO_NAMESPACES, 0, true)
  return writer.out
}

/** In an element of its own, and still well-formed. */
function inside(...children: unknown[]): string {
  const xml = written({ element: 'a', namespace: '', children })
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return xml.replace(/^<a>|<\/a>$|^<a\/>$/g, '')
}

describe('XML that is written of plain data', () => {
  it('has what it was given', () => {
    const nodes: XmlNode[] = [
      { text: 'a & <b> ]]> \r' },
      { comment: ' c - d ' },
      { instruction: 'p', data: 'd ? > e' },
      { instruction: 'p', data: '' },
      { element: 'x:b', namespace: 'urn:x', attributes: [{ name: 'c', value: '<"&\t\n\r' }] },
    ]
    assert.equal(
      inside(...nodes),
      'a &amp; &lt;b&gt; ]]&gt; &#13;<!-- c - d --><?p d ? > e?><?p?>' +
        '<x:b xmlns:x="urn:x" c="&lt;&quot;&amp;&#9;&#10;&#13;"/>',
    )
  })

  it('leaves out instructions and comments that would end early or say something else', () => {
    for (const data of ['?>', 'a?><b/>', '?><!--', 'a\u0001', 5, null]) {
      assert.equal(inside({ instruction: 'p', data }), typeof data === 'string' ? '' : '<?p?>', String(data))
    }
    for (const instruction of ['xml', 'XmL', 'a b', 'a:b', '', '?', '5']) {
      assert.equal(inside({ instruction, data: '' }), '', instruction)
    }
    for (const comment of ['--', 'a-', 'a--b', '-->', '\u0001', 5]) assert.equal(inside({ comment }), '')
  })

  it('leaves out names that are none', () => {
    for (const element of ['', 'a b', '1', 'a:b:c', ':a', 'a>', 'a/', '<', 'x:']) {
      assert.equal(inside({ element, namespace: 'urn:x' }), '', element)
    }
    for (const name of ['', 'a b', '1', 'a="b" c', 'a:b:c', '>']) {
      assert.equal(inside({ element: 'b', namespace: '', attributes: [{ name, value: '' }] }), '<b/>', name)
    }
  })

  it('never takes the namespace from a prefix, which only the empty one may lack', () => {
    const declaring = (name: string, value: string) =>
      inside({ element: 'b', namespace: '', attributes: [{ name, value }] })
    for (const name of ['xmlns:p', 'xmlns:xml', 'xmlns:xmlns'])
      assert.equal(declaring(name, ''), '<b/>', name)
    assert.equal(declaring('xmlns:xml', 'urn:x'), '<b/>')
    assert.equal(declaring('xmlns:xmlns', 'urn:x'), '<b/>')
    assert.equal(declaring('xmlns:p', 'urn:p'), '<b xmlns:p="urn:p"/>')
    assert.equal(declaring('xmlns:p', ' urn:p '), '<b xmlns:p=" urn:p "/>')
    assert.equal(declaring('xmlns:p', 'http://www.w3.org/2000/xmlns/'), '<b/>')
    assert.equal(declaring('xmlns:p', 'http://www.w3.org/XML/1998/namespace'), '<b/>')
    assert.equal(
      inside({ element: 'b', namespace: 'urn:b', attributes: [{ name: 'xmlns', value: 'urn:b' }] }),
      '<b xmlns="urn:b"/>',
    )
  })

  it('never gives the namespaces that are reserved to another prefix', () => {
    const xml = 'http://www.w3.org/XML/1998/namespace'
    const xmlns = 'http://www.w3.org/2000/xmlns/'
    assert.equal(inside({ element: 'b', namespace: xml }), '<xml:b/>')
    assert.equal(inside({ element: 'b', namespace: xmlns }), '<b/>')
    for (const namespace of [xml, xmlns]) {
      const attributes = [
        { name: 'xmlns', value: namespace },
        { name: 'p:a', value: '1', namespace },
      ]
      assert.equal(inside({ element: 'b', namespace: '', attributes }), '<b/>')
    }
    assert.equal(
      inside({
        element: 'b',
        namespace: '',
        attributes: [{ name: 'xml:lang', value: 'de', namespace: xml }],
      }),
      '<b xml:lang="de"/>',
    )
  })

  it('has each attribute once, with the namespace that it says', () => {
    const attributes = [
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
      { name: 'p:a', value: '3', namespace: 'urn:p' },
      { name: 'q:a', value: '4', namespace: 'urn:p' },
      { name: 'r:a', value: '5' },
    ]
    assert.equal(
      inside({ element: 'b', namespace: '', attributes }),
      '<b xmlns:p="urn:p" xmlns:q="urn:p" a="1" p:a="3"/>',
    )
  })

  it('has no text that XML cannot carry', () => {
    for (const text of ['\u0000', '\uFFFE', '\uD800', '\uDC00a']) {
      for (const node of [
        { text },
        { element: 'b', namespace: '', attributes: [{ name: 'a', value: text }] },
        { element: 'b', namespace: '', attributes: [{ name: 'xmlns:p', value: text }] },
      ]) {
        assert.throws(
          () => written(node),
          (error) =>
            error instanceof GatewayError && error.code === 'HG_INPUT' && error.message.startsWith('There'),
        )
      }
    }
    assert.equal(inside({ text: '\u{1F600}' }), '\u{1F600}')
  })

  it('has an end: an element that contains itself is refused', () => {
    const element: { element: string; namespace: string; children: unknown[] } = {
      ...{ element: 'b', namespace: '', children: [] },
    }
    element.children.push(element)
    assert.throws(() => written(element), /There is nested too deep, or contains itself/)
  })
})
