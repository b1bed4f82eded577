import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Bench, Figure } from './bench/figure.ts'

/**
 * Measures: npm run bench [-- NAME …] [--json FILE]
 * Prints a table, and writes the same figures as JSON with --json. Every tools/bench/NAME.ts with `export const bench` is one benchmark.
 * Ends with 1 when a figure misses its aim, so that whoever runs it notices.
 */

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })

const all = Object.values(
  import.meta.glob<Bench>(['./bench/*.ts', '!./bench/figure.ts'], { import: 'bench', eager: true }),
)
const unknown = positionals.filter((name) => !all.some((one) => one.name === name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const figures: (Figure & { bench: string })[] = []
const said = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))

for (const bench of all) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue
  await bench.run((figure) => {
    figures.push({ bench: bench.name, ...figure })
    const floor = figure.floor === undefined ? '' : `, floor ${said(figure.floor)}, ratio ${said(figure.ratio ?? 0)}`
    const aim = figure.aim ? `, aim ${figure.aim}: ${figure.met ? 'met' : 'MISSED'}` : ''
    console.log(`${bench.name}: ${figure.name} (${figure.size}): ${said(figure.value)} ${figure.unit}${floor}${aim}`)
  })
}

/** All figures again, one under the other. */
function table() {
  const rows = figures.map(({ bench, name, value, unit, floor, ratio, aim, met }) => [
    `${bench}: ${name}`,
    `${said(value)} ${unit}`,
    floor === undefined ? '' : said(floor),
    ratio === undefined ? '' : said(ratio),
    aim ? `${met ? 'met' : 'MISSED'}: ${aim}` : '',
  ])
  const lines = [['figure', 'value', 'floor', 'ratio', 'aim'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

console.log(`\n${table()}\n`)
const missed = figures.filter(({ met }) => met === false)
if (values.json) {
  const machine = { cores: cpus().length, model: cpus()[0]?.model, memory: totalmem(), node: process.version }
  writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2)}\n`)
}
console.log(`${figures.length} figures, ${missed.length} missed their aim`)
process.exit(missed.length > 0 ? 1 : 0)
