import { describe, expect, test } from 'vitest'
import { consultation, form } from '../rules/example.ts'
import type { Answers } from '../rules/index.ts'
import { findPage, readAnswers } from '../rules/index.ts'
import { FormFields } from './fields.tsx'

const page = (id: string, answers: Answers = {}, raw?: Record<string, string | string[]>) => {
  const found = findPage(consultation, id)!
  const read = raw && readAnswers(consultation, found, raw, { answers })
  return String(<FormFields definition={consultation} page={found} answers={answers} today="2026-11-25" read={read} />)
}

describe('the fields of a page', () => {
  test('come with label, purpose and what the draft holds', () => {
    const html = page('who', { name: '<三重>', as: 'company', founded: '2001-05-01' })
    expect(html).toContain('value="&lt;三重&gt;"')
    expect(html).toContain('利用目的：相談会の受付のため')
    expect(html).toMatch(/value="company" checked/)
    expect(html).toMatch(/name="founded.month" value="5"/)
  })

  test('with a condition say so in a sentence, and carry the logic for the browser', () => {
    const html = page('who')
    expect(html).toMatch(
      /<div data-field="company"><p class="hint" data-condition[^>]*>「お立場」が「事業者」である場合にお答えください/,
    )
    const logic = /data-logic="([^"]*)"/.exec(html)![1]!.replaceAll('&quot;', '"')
    expect(JSON.parse(logic).fields.map((field: { id: string }) => field.id)).toEqual([
      'name',
      'as',
      'company',
      'founded',
    ])
  })

  test('that earlier pages ruled out are not there, and without conditions there is no logic', () => {
    expect(page('company-more', { as: 'person' })).toBe('')
    expect(page('company-more', { as: 'company' })).not.toContain('form-logic')
    expect(page('company-more', { as: 'company' })).toContain('accept=".pdf"')
  })

  test('come back with what was typed, the sentence, and the boxes to mark', () => {
    const html = page('wish', {}, { topics: 'ai', 'day.year': '2026', 'day.month': '', 'day.day': '' })
    expect(html).toContain('希望日の月と日を入力してください')
    expect(html).toContain('name="day.year" value="2026"')
    expect(html.match(/aria-invalid="true"/g)).toHaveLength(2)
    expect(html).toMatch(/value="ai" checked/)
  })

  test('show the files of the draft', () => {
    const register = [{ file: 'f1', name: '証明書.pdf', size: 2048, type: 'application/pdf' }]
    expect(page('company-more', { as: 'company', register })).toContain('name="register.token" value="f1"')
  })

  test('hold no hostile word of a definition', () => {
    const evil = '"><script>alert(1)</script>'
    const definition = form({
      title: '届出',
      pages: [
        {
          id: 'p',
          title: '入力',
          fields: [
            { id: 'a', kind: 'text', label: evil, hint: evil, purpose: evil },
            { id: 'b', kind: 'text', label: 'B', showIf: { field: 'a', is: '</form-logic><script>' } },
          ],
        },
      ],
    })
    const html = String(
      <FormFields definition={definition} page={definition.pages[0]!} answers={{}} today="2026-11-25" />,
    )
    expect(html).not.toContain('<script')
  })
})
