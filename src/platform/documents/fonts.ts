import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Coverage } from './cmap.ts'
import { readCoverage } from './cmap.ts'

/** Found through the packages, so that it works from the sources and from the bundled server. */
const require = createRequire(import.meta.url)

const folder = (name: string) => dirname(require.resolve(`${name}/package.json`))

/** The names that Typst knows the fonts by. The second one draws what the first one lacks. */
export const families = ['BIZ UDPGothic', 'Noto Sans JP'] as const

/** Font files, regular and bold of each family. */
export function fontFiles(): string[] {
  const biz = folder('@expo-google-fonts/biz-udpgothic')
  const noto = folder('@expo-google-fonts/noto-sans-jp')
  return [
    join(biz, '400Regular', 'BIZUDPGothic_400Regular.ttf'),
    join(biz, '700Bold', 'BIZUDPGothic_700Bold.ttf'),
    join(noto, '400Regular', 'NotoSansJP_400Regular.ttf'),
    join(noto, '700Bold', 'NotoSansJP_700Bold.ttf'),
  ]
}

let read: [Coverage, Coverage] | undefined

/** What both families can draw. Regular and bold draw the same characters (a test holds it). */
export function coverages(): [first: Coverage, second: Coverage] {
  if (!read) {
    const [first, , second] = fontFiles()
    read = [readCoverage(readFileSync(first as string)), readCoverage(readFileSync(second as string))]
  }
  return read
}
