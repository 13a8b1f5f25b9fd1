import assert from 'node:assert/strict'
import path from 'node:path'
import ts from 'typescript'
import { ccrSchema, type ChildRule, type TypeRule } from '../../../../src/documents/ccr/schema'

const file = path.resolve(__dirname, '../../../../src/documents/ccr/model.ts')

describe('the types of the model', function () {
  // The compiler is loaded.
  this.timeout(30_000)

  const program = ts.createProgram([file], { strict: true, noLib: true })
  const checker = program.getTypeChecker()
  const text = (type: ts.Type) => checker.typeToString(type)
  const docs = (symbol: ts.Symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker))

  function exported(name: string): ts.Symbol {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name)
    assert.ok(symbol, `model.ts exports ${name}`)
    return symbol
  }

  /** The declared type of an optional property, without the array around it, and whether there was one. */
  function typeOf(property: ts.Symbol): { type: ts.TypeNode; many: boolean } {
    const declaration = property.valueDeclaration
    assert.ok(declaration && ts.isPropertySignature(declaration) && declaration.type, property.name)
    assert.ok(declaration.questionToken, `${property.name} may be missing`)
    const { type } = declaration
    return ts.isArrayTypeNode(type) ? { type: type.elementType, many: true } : { type, many: false }
  }

  function compare(where: string, type: ts.Type, rule: TypeRule, seen: Set<string>): void {
    const pair = `${text(type)} ${rule.name}`
    if (seen.has(pair)) return
    seen.add(pair)
    const properties = checker.getPropertiesOfType(type).filter(({ name }) => name !== '$')
    assert.deepEqual(
      properties.map(({ name }) => name).sort(),
      rule.children.map(({ name }) => name).sort(),
      where,
    )
    assert.ok(type.getProperty('$'), `${where} has $`)
    for (const property of properties) {
      const child = rule.byName.get(property.name) as ChildRule
      const own = `${where}/${property.name}`
      const { type: node, many } = typeOf(property)
      assert.equal(many, child.max > 1, `${own}: an array, or not`)
      assert.equal(
        docs(property).split(/\.? /)[0]?.replace(/\.$/, ''),
        occurrence(child),
        `${own}: its docstring`,
      )
      const inner = checker.getTypeFromTypeNode(node)
      assert.equal(text(inner) === 'string', child.type === 'string', `${own}: text, or not`)
      if (child.type !== 'string') compare(own, inner, child.type, seen)
    }
  }

  it('say what the schema table says, from the root down', () => {
    const seen = new Set<string>()
    const root = checker.getDeclaredTypeOfSymbol(exported('CcrDocument'))
    compare('ContinuityOfCareRecord', root, ccrSchema, seen)
    assert.ok(seen.size > 120, `${seen.size} types were compared`)
  })

  it('all say of which element they are', () => {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    assert.ok(module)
    for (const symbol of checker.getExportsOfModule(module)) assert.notEqual(docs(symbol), '', symbol.name)
  })
})

function occurrence({ min, max }: ChildRule): string {
  return min === max ? String(min) : `${min}..${max === Infinity ? 'n' : max}`
}
