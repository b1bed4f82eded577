import type { Change, Problem } from './rules/matching/problem.ts'
import type { Why } from './rules/matching/why.ts'

/** A bound named by its path, in words; `from` and `to` where it is to change. */
const caseName = ({ cases }: Problem, at: number) => `案件「${cases[at]?.id ?? at}」`
const expertName = ({ experts }: Problem, at: number) => `専門家「${experts[at]?.id ?? at}」`

function parts(path: string): { list: string; at: number; key: string } {
  const [, list = '', at = '0', key = ''] = /^(\w+)\[(\d+)\](?:\.(\w+))?/.exec(path) ?? []
  return { list, at: Number(at), key }
}

function ruleName({ balance }: Problem, at: number): string {
  const rule = balance[at]
  return `「${rule?.group}」の${rule?.per === 'case' ? '案件ごとの' : '全体での'}`
}

function pinName(problem: Problem, at: number): string {
  const [one = 0, expert = 0] = problem.pins[at] ?? []
  return `${caseName(problem, one)}と${expertName(problem, expert)}の固定`
}

/** 実行できないときの、最も小さい変更の1つ。 */
export function saidChange(problem: Problem, { change, from, to }: Change): string {
  const { list, at, key } = parts(change)
  const by = to > from ? '増やす' : '減らす'
  if (list === 'pins') return `${pinName(problem, at)}をやめる。`
  if (list === 'cases') return `${caseName(problem, at)}の必要人数を、${from}人から${to}人に${by}。`
  if (list === 'experts')
    return `${expertName(problem, at)}の受け持ちの${key === 'min' ? '下限' : '上限'}を、${from}件から${to}件に${by}。`
  return `${ruleName(problem, at)}${key === 'min' ? '下限' : '上限'}を、${from}人から${to}人に${by}。`
}

/** その組を選べない、または選ぶと決まっている理由。 */
function saidSource(problem: Problem, path: string): string {
  const { list, at, key } = parts(path)
  if (list === 'scores') return '点数が null（対応できない）です。'
  if (list === 'conflicts') return '利益相反の組として登録されています。'
  if (list === 'pins') return '固定された組です。'
  if (list === 'cases') return `${caseName(problem, at)}の必要人数は、固定された専門家だけで埋まっています。`
  if (list === 'experts') return `${expertName(problem, at)}の受け持ちの上限は、固定された案件だけで埋まっています。`
  return `${ruleName(problem, at)}${key === 'min' ? '下限' : '上限'}を、固定された組だけで使い切っています。`
}

/** 入れ替えるだけでは崩れる決まり。 */
function saidBreak(problem: Problem, path: string): string {
  const { list, at, key } = parts(path)
  if (list === 'experts')
    return key === 'max'
      ? `${expertName(problem, at)}はすでに上限の${problem.experts[at]?.max}件を受け持っています`
      : `${expertName(problem, at)}が下限の${problem.experts[at]?.min}件を割ります`
  return `${ruleName(problem, at)}${key === 'min' ? '下限を割ります' : '上限を超えます'}`
}

const figure = (value: number) => String(Number(value.toPrecision(6)))

/** なぜこの組か、なぜこの組でないか。 */
export function saidWhy(problem: Problem, why: Why): string[] {
  const [one, expert] = why.pair
  const pair = `${caseName(problem, one)}と${expertName(problem, expert)}の組は、`
  const said = [`${pair}最もよい割り当てに${why.chosen ? '入っています' : '入っていません'}。`]
  for (const path of why.settledBy) said.push(saidSource(problem, path))
  for (const exchange of why.exchanges ?? []) {
    const less = (problem.scores[one]?.[exchange.for] ?? 0) - (why.score ?? 0)
    if (exchange.breaks === null)
      said.push(`${expertName(problem, exchange.for)}と入れ替えることはできますが、点数が${figure(less)}下がります。`)
    else said.push(`${expertName(problem, exchange.for)}と入れ替えるだけでは、${saidBreak(problem, exchange.breaks)}。`)
  }
  const otherwise = why.chosen ? 'この組を外すと' : 'この組を選ぶと'
  if (why.atLeast) said.push(`最低点を保ったまま${otherwise}、合計が少なくとも${figure(why.atLeast)}下がります。`)
  if (why.exactly) {
    const { worst, total } = why.exactly
    const moved = (name: string, by: number) =>
      by === 0 ? `${name}は変わりません。` : `${name}が${figure(Math.abs(by))}${by < 0 ? '下がります' : '上がります'}。`
    said.push(`${otherwise}（解き直した結果）、${moved('最低点', worst)}${moved('合計', total)}`)
  }
  for (const { case: loser, from, to } of why.loses ?? [])
    said.push(`${caseName(problem, loser)}の点数は、${figure(from)}から${figure(to)}に下がります。`)
  if (why.relax) {
    said.push(`${otherwise}、ほかの決まりを守れません。次のように変えれば守れます。`)
    for (const change of why.relax) said.push(saidChange(problem, change))
  }
  return said
}
