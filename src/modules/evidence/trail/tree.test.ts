import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, readExactly } from './canonical.ts'
import { emptyTree, grow, inclusionPath, isIncluded, leafHash, rootOf, type Tree } from './tree.ts'

/** RFC 6962, 2.1, as it is written there: recursive, from all leaves. */
function byTheBook(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest()
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return createHash('sha256')
    .update(Uint8Array.of(1))
    .update(byTheBook(leaves.slice(0, split)))
    .update(byTheBook(leaves.slice(split)))
    .digest()
}

const treeOf = (leaves: readonly Buffer[], from: Tree = emptyTree) => leaves.reduce(grow, from)
const leaves = fc.array(fc.string().map(leafHash), { maxLength: 70 })

describe('the hash tree', () => {
  // The test vectors of Certificate Transparency's reference implementation (merkle_tree_test.cc).
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((hex) => Buffer.from(hex, 'hex'))
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]

  test('has the roots of the published vectors', () => {
    let tree = emptyTree
    expect(rootOf(tree).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    for (const [at, input] of inputs.entries()) {
      tree = grow(tree, createHash('sha256').update(Uint8Array.of(0)).update(input).digest())
      expect(rootOf(tree).toString('hex')).toBe(roots[at])
    }
  })

  test('grown leaf by leaf has the root of the tree by the book', () => {
    fc.assert(fc.property(leaves, (all) => rootOf(treeOf(all)).equals(byTheBook(all))))
  })

  test('shows each added leaf from what is kept of the earlier ones, and no other leaf, place, size or root', () => {
    fc.assert(
      fc.property(
        leaves,
        fc.array(fc.string().map(leafHash), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        (old, added, n) => {
          const before = treeOf(old)
          const index = old.length + (n % added.length)
          const size = old.length + added.length
          const root = byTheBook([...old, ...added])
          const path = inclusionPath(before, added, index)
          const leaf = added[index - old.length]!
          expect(isIncluded(leaf, index, size, path, root)).toBe(true)
          expect(isIncluded(leafHash(`not ${n}`), index, size, path, root)).toBe(false)
          expect(isIncluded(leaf, index, size, path, leafHash('another root'))).toBe(false)
          expect(isIncluded(leaf, size, size, path, root)).toBe(false)
          expect(isIncluded(leaf, index, size, [...path, leaf], root)).toBe(false)
          if (path.length > 0) expect(isIncluded(leaf, index, size, path.slice(1), root)).toBe(false)
        },
      ),
    )
    expect(() => inclusionPath(treeOf([leafHash('a')]), [], 0)).toThrow(RangeError)
  })
})

describe('the one spelling of JSON', () => {
  test('is that of the example of RFC 8785, 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      1: 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign",' +
        '"😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    )
    expect(canonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27]',
    )
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\"/"')
  })

  test('does not depend on the order of keys, and is read back as the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const said = canonicalJson(value as never)
        expect(canonicalJson(JSON.parse(said))).toBe(said)
        if (value && typeof value === 'object' && !Array.isArray(value))
          expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()) as never)).toBe(said)
      }),
    )
  })

  test('refuses what has none', () => {
    for (const value of [Number.NaN, Infinity, '\ud83d', { '\ude00': 1 }]) {
      expect(() => canonicalJson(value)).toThrow(RangeError)
    }
  })

  test('keeps apart what JavaScript’s numbers would make one', () => {
    const spellings = [
      '[1]',
      '[1.0]',
      '["1"]',
      '[12345678901234567890]',
      '[12345678901234567891]',
      '[-0]',
      '[0]',
      '{"a": 1.0}',
      '{"a": 1}',
      '1.0',
      '1',
    ]
    expect(new Set(spellings.map((said) => canonicalJson(readExactly(said)))).size).toBe(spellings.length)
  })
})
