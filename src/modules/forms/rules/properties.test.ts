import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkAnswers, readAnswers, typedAnswers } from './answers/answers.ts'
import type { Definition, Field, FieldKind } from './definition/definition.ts'
import { type Answers, type Condition, evaluate, type FileAnswer, offered } from './engine/evaluate.ts'
import { form } from './example.ts'
import { checkList, checkPage, filed, journey, nextPage, previousPage, stepsOf } from './journey/journey.ts'
import { pageLogic, shownOnPage } from './journey/page-logic.ts'
import { conditionInWords } from './words/words.ts'

const kinds: FieldKind[] = ['text', 'long-text', 'choice', 'choices', 'date', 'file', 'mail', 'phone']
const options = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }))

/** A condition with numbers for what it points to; made whole once the fields above it are known. */
type Plan = { leaf: [number, number, number] } | { all: Plan[] } | { any: Plan[] } | { not: Plan }

const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ leaf: fc.tuple(fc.nat(), fc.nat(), fc.nat()) }),
    fc.record({ all: fc.array(tie('plan'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('plan'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('plan') }),
  ),
}))

function condition(from: Plan, above: Field[]): Condition {
  if ('all' in from) return { all: from.all.map((part) => condition(part, above)) }
  if ('any' in from) return { any: from.any.map((part) => condition(part, above)) }
  if ('not' in from) return { not: condition(from.not, above) }
  const [at, ask, which] = from.leaf
  const { id, kind } = above[at % above.length]!
  const value = kind === 'date' ? '2026-11-21' : options[which % 3]!.value
  if (kind === 'file' || kind === 'long-text' || ask % 3 === 0) return { field: id, answered: true }
  if (kind === 'choices') return { field: id, includes: value }
  return ask % 3 === 1 ? { field: id, is: value } : { field: id, isNot: value }
}

const fieldPlan = fc.record({
  kind: fc.constantFrom(...kinds),
  required: fc.boolean(),
  showIf: fc.option(plan, { freq: 1 }),
  pageShowIf: fc.option(plan, { freq: 3 }),
  newPage: fc.boolean(),
})

const anyForm = fc.array(fieldPlan, { minLength: 1, maxLength: 14 }).map((plans): Definition => {
  const pages: Definition['pages'] = []
  const above: Field[] = []
  for (const [n, { kind, required, showIf, pageShowIf, newPage }] of plans.entries()) {
    if (n === 0 || newPage) {
      const when = pageShowIf && above.length > 0 ? { showIf: condition(pageShowIf, above) } : {}
      pages.push({ id: `p${n}`, title: '入力してください', fields: [], ...when })
    }
    const field = {
      id: `f${n}`,
      kind,
      label: `項目${n}`,
      required,
      ...('choices' === kind || 'choice' === kind ? { options } : {}),
      ...(kind === 'text' ? { maxLength: 20 } : {}),
      ...(kind === 'file' ? { accept: ['.pdf'], maxFiles: 2 } : {}),
      ...(showIf && above.length > 0 ? { showIf: condition(showIf, above) } : {}),
    } as Field
    pages.at(-1)!.fields.push(field)
    above.push(field)
  }
  return form({ title: '届出', pages })
})

const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'a',
      'b',
      'c',
      '',
      ' ',
      '2026-11-21',
      '令和8年11月21日',
      'a@例え.jp',
      '０５９ー２２４ー２０００',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('8', '11', '21', '葛\u{e0100}', '\ue000', 'a\0', '\ud842', '123456789018', 'a\r\nb'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)
const name = fc.oneof(
  { weight: 8, arbitrary: fc.nat(13).map((n) => `f${n}`) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(13), fc.constantFrom('era', 'year', 'month', 'day')).map(([n, p]) => `f${n}.${p}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '_check', '', 'f99') },
)
const file: fc.Arbitrary<FileAnswer> = fc.record({
  file: fc.uuid(),
  name: fc.constantFrom('a.pdf', 'b.PDF', 'c.exe'),
  size: fc.nat(),
  type: fc.constant('application/pdf'),
})
/** Most fields with something that could be right, so that conditions do hold; and among them anything. */
const likely = fc.array(fc.constantFrom('a', 'b', 'c', '2026-11-21', 'a@b.jp', '0592242000', undefined), {
  minLength: 14,
  maxLength: 14,
})
const anyRaw = fc
  .tuple(likely, fc.array(fc.tuple(name, fc.oneof(text, fc.array(text, { maxLength: 3 }))), { maxLength: 10 }))
  .map(([values, entries]) => {
    const usual = values.flatMap((value, n) => (value === undefined ? [] : [[`f${n}`, value] as const]))
    return Object.fromEntries([...usual, ...entries]) as Record<string, string | string[]>
  })
const anyFiles = fc.dictionary(
  fc.nat(13).map((n) => `f${n}`),
  fc.array(file, { maxLength: 2 }),
)

/** Answers as they come about: every page posted once, in an order of its own. */
const filledForm = fc.tuple(anyForm, anyRaw, anyFiles, fc.boolean()).map(([definition, raw, files, backwards]) => {
  let answers: Answers = {}
  const pages = backwards ? definition.pages.toReversed() : definition.pages
  for (const page of pages) answers = readAnswers(definition, page, raw, { answers, files }).answers
  return { definition, answers, raw, files }
})

const fieldsShown = (definition: Definition, answers: Answers) =>
  evaluate(definition, answers).pages.flatMap((page) => page.fields)

const runs = { numRuns: 1500 }

describe('for any form and any input', () => {
  test('reading a page never throws, gives plain data, and its errors begin with the label', () => {
    fc.assert(
      fc.property(anyForm, anyRaw, anyFiles, fc.anything(), (definition, raw, files, before) => {
        for (const page of definition.pages) {
          const answers = checkAnswers(definition, before).answers
          const read = readAnswers(definition, page, raw, { answers, files })
          expect(JSON.parse(JSON.stringify(read))).toEqual(read)
          expect(JSON.stringify(read).isWellFormed()).toBe(true)
          expect(JSON.stringify(read)).not.toContain('\\u0000')
          for (const [id, error] of Object.entries(read.errors)) {
            const field = page.fields.find((one) => one.id === id)!
            expect(error.startsWith(field.label)).toBe(true)
          }
        }
      }),
      runs,
    )
  })

  test('reading an answer again gives the same answer', () => {
    fc.assert(
      fc.property(filledForm, ({ definition, answers }) => {
        expect(checkAnswers(definition, answers).answers).toEqual(answers)
      }),
      runs,
    )
  })

  test('posting a page as it is shown changes nothing', () => {
    fc.assert(
      fc.property(filledForm, ({ definition, answers }) => {
        for (const page of definition.pages) {
          const raw: Record<string, string | string[]> = {}
          for (const [id, typed] of Object.entries(typedAnswers(page, answers))) {
            if (typeof typed === 'string' || Array.isArray(typed)) raw[id] = typed
            else for (const [part, value] of Object.entries(typed)) raw[`${id}.${part}`] = value
          }
          expect(readAnswers(definition, page, raw, { answers }).answers).toEqual(answers)
        }
      }),
      runs,
    )
  })

  test('what is shown does not depend on the order of answers, of posted names, or of conditions in a list', () => {
    const turned = (from: Condition): Condition => {
      if ('all' in from) return { all: from.all.map(turned).toReversed() }
      if ('any' in from) return { any: from.any.map(turned).toReversed() }
      return 'not' in from ? { not: turned(from.not) } : from
    }
    const reversed = <T>(record: Record<string, T>) => Object.fromEntries(Object.entries(record).toReversed())
    fc.assert(
      fc.property(filledForm, ({ definition, answers, raw, files }) => {
        const other: Definition = {
          ...definition,
          pages: definition.pages.map((page) => ({
            ...page,
            ...(page.showIf && { showIf: turned(page.showIf) }),
            fields: page.fields.map((field) => ({ ...field, ...(field.showIf && { showIf: turned(field.showIf) }) })),
          })),
        }
        expect(evaluate(other, reversed(answers))).toEqual(evaluate(definition, answers))
        for (const page of definition.pages) {
          const read = readAnswers(definition, page, raw, { answers, files })
          expect(readAnswers(definition, page, reversed(raw), { answers: reversed(answers), files })).toEqual(read)
        }
      }),
      runs,
    )
  })

  test('a filing holds answers to shown fields only, and shows the same form', () => {
    fc.assert(
      fc.property(filledForm, ({ definition, answers }) => {
        const filing = filed(definition, answers)
        const shown = fieldsShown(definition, answers)
        expect(Object.keys(filing).every((id) => shown.includes(id))).toBe(true)
        expect(shown.filter((id) => Object.hasOwn(answers, id))).toEqual(Object.keys(filing))
        expect(evaluate(definition, filing)).toEqual(evaluate(definition, answers))
        expect(filed(definition, filing)).toEqual(filing)
        expect(journey(definition, filing).errors).toEqual(journey(definition, answers).errors)
      }),
      runs,
    )
  })

  test('a draft keeps the answers of fields that a page does not offer', () => {
    fc.assert(
      fc.property(filledForm, anyRaw, ({ definition, answers, files }, raw) => {
        for (const page of definition.pages) {
          const after = readAnswers(definition, page, raw, { answers, files }).answers
          const offer = offered(definition, page.id, answers).map((field) => field.id)
          for (const [id, answer] of Object.entries(answers)) if (!offer.includes(id)) expect(after[id]).toEqual(answer)
        }
      }),
      runs,
    )
  })

  test('a page offers every field that it may show, and shows those that hang on nothing of it', () => {
    fc.assert(
      fc.property(filledForm, anyRaw, ({ definition, answers, files }, raw) => {
        for (const page of definition.pages) {
          const offer = offered(definition, page.id, answers)
          const after = readAnswers(definition, page, raw, { answers, files }).answers
          const shown = evaluate(definition, after).pages.find((one) => one.id === page.id)?.fields ?? []
          expect(shown.filter((id) => !offer.some((field) => field.id === id))).toEqual([])
          for (const field of offer) if (field.when === 'always') expect(shown).toContain(field.id)
        }
      }),
      runs,
    )
  })

  test('the browser shows what the server will show', () => {
    fc.assert(
      fc.property(filledForm, anyRaw, ({ definition, answers }, raw) => {
        for (const page of definition.pages) {
          const logic = pageLogic(definition, page, answers)
          const after = readAnswers(definition, page, raw, { answers }).answers
          const shown = evaluate(definition, after).pages.find((one) => one.id === page.id)?.fields ?? []
          if (!logic) {
            const offer = offered(definition, page.id, answers).map((field) => field.id)
            expect(offer).toEqual(shown)
            continue
          }
          const files: Record<string, FileAnswer[]> = {}
          for (const field of logic.fields) {
            if (field.kind === 'file' && answers[field.id]) files[field.id] = answers[field.id] as FileAnswer[]
          }
          const sent = JSON.parse(JSON.stringify(logic))
          expect(shownOnPage(sent, raw, files)).toEqual(shown)
        }
      }),
      runs,
    )
  })

  test('the journey always ends at the check, and back at its start', () => {
    fc.assert(
      fc.property(filledForm, ({ definition, answers }) => {
        const { pages, firstIncomplete, complete } = journey(definition, answers)
        const forward: string[] = []
        for (let page = pages[0] ?? checkPage; page !== checkPage; page = nextPage(definition, answers, page)) {
          forward.push(page)
        }
        expect(forward).toEqual(pages)
        const back: string[] = []
        for (let page = previousPage(definition, answers, checkPage); page; ) {
          back.unshift(page)
          page = previousPage(definition, answers, page)
        }
        expect(back).toEqual(pages)
        expect(complete).toBe(firstIncomplete === undefined)
        expect(stepsOf(definition, answers, pages[0] ?? checkPage)).toHaveLength(pages.length + 1)
        const listed = checkList(definition, answers).flatMap((page) => page.items)
        expect(listed.map((item) => item.field)).toEqual(fieldsShown(definition, answers))
        expect(listed.filter((item) => item.text !== null).map((item) => item.field)).toEqual(
          Object.keys(filed(definition, answers)),
        )
      }),
      runs,
    )
  })

  test('every condition has its sentence', () => {
    fc.assert(
      fc.property(anyForm, (definition) => {
        for (const field of definition.pages.flatMap((page) => page.fields)) {
          if (field.showIf) expect(conditionInWords(definition, field.showIf)).toMatch(/場合にお答えください$/)
        }
      }),
    )
  })
})
