import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerFile } from '../../src/modules/plans/rules/achievement/answer-file.ts'
import { gathered } from '../../src/modules/plans/rules/achievement/bytes.ts'
import type { Bench } from './figure.ts'

const rows = 130_000
const methods = [
  'ratio',
  'progress',
  'expectedRatio',
  'compare',
  'ratioDown',
  'expectedBand',
  'surveyBand',
  'elapsedShare',
]

/** As many indicators as all prefectures together might report, by every kind of method, with figures that rarely divide evenly. */
function file(): string {
  let state = 1
  const figure = (decimals: number) => {
    state = (state * 48_271) % 2_147_483_647
    return ((state % 1_000_000) / 1000).toFixed(decimals)
  }
  const asked = Array.from({ length: rows }, (_, index) => ({
    id: `k${index}`,
    method: methods[index % methods.length],
    direction: index % methods.length === 4 || index % 3 === 0 ? 'down' : 'up',
    baseline: { year: 2019, value: figure(1) },
    target: { year: 2023, value: figure(1) },
    actual: { year: 2021, value: figure(2) },
    digits: 2,
    rounding: 'half-up',
  }))
  return JSON.stringify(asked)
}

/** Reading, computing and printing achievements: in this process, and by the command as npm starts it. */
export const bench: Bench = {
  name: 'achievement',
  async run(report) {
    const text = file()
    const size = `${rows} rows, ${(text.length / 1e6).toFixed(0)} MB of JSON`
    const seconds = (work: () => void) => {
      const from = performance.now()
      work()
      return (performance.now() - from) / 1000
    }
    const best = (work: () => void) => Math.min(...[1, 2, 3].map(() => seconds(work)))

    // The least that could do the job: the engine's own JSON, in and out, with nothing computed.
    const floor = best(() => void Buffer.from(JSON.stringify(JSON.parse(text))))
    const value = best(() => {
      const answers = gathered()
      if (answerFile(text, false, answers.add).length > 0) throw new Error('faults')
      answers.blocks()
    })
    report({
      name: 'read, computed and printed',
      size,
      value,
      unit: 's',
      floor,
      ratio: floor / value,
      aim: 'under 2 s',
      met: value < 2,
    })

    const folder = mkdtempSync(join(tmpdir(), 'achievement-'))
    try {
      const path = join(folder, 'asked.json')
      writeFileSync(path, text)
      const whole = best(() => {
        const { status } = spawnSync(process.execPath, ['tools/node.mjs', 'achieve', path], { stdio: 'ignore' })
        if (status !== 0) throw new Error(`the command ended with ${status}`)
      })
      report({ name: 'the whole command', size, value: whole, unit: 's' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}
