import { describe, expect, test } from 'vitest'
import {
  Button,
  ChoiceField,
  ChoicesField,
  Consent,
  DateField,
  FileField,
  Form,
  LongTextField,
  NumberField,
  ReadOnlyField,
  SelectField,
  TextField,
} from './index.ts'
import type { Child } from './jsx/element.ts'

import { drawIn, type Shell } from './shell.tsx'

const render = (part: Child) => String(part)

describe('a form', () => {
  test('posts carry the token, searches do not', () => {
    expect(render(<Form action="/ideas" />)).toMatch(/action="\/ideas" method="post".*novalidate.*name="_csrf"/)
    // Not even asked for: with it the browser would get a cookie.
    const asking = {
      language: 'ja',
      get csrf(): string {
        throw new Error('asked for the form token')
      },
    } as Shell
    expect(drawIn(asking, <Form method="get" />)).not.toContain('_csrf')
    expect(() => drawIn(asking, <Form />)).toThrow('asked for the form token')
  })

  test('a button carries its own action, name and value', () => {
    expect(render(<Button name="do" value="return" formaction="/cases/1/return" kind="danger" />)).toContain(
      'data-kind="danger" name="do" value="return" formaction="/cases/1/return"',
    )
  })
})

describe('a field', () => {
  test('keeps what was typed and ties hint and error to the control', () => {
    const html = render(
      <TextField name="title" label="題名" hint="60文字以内" value={'"><script>'} error="題名を入力してください" />,
    )
    expect(html).toContain('<label class="field__label" for="title">')
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"')
    expect(html).toContain('aria-invalid="true" aria-describedby="title-hint title-error"')
    expect(html).toContain('<p class="why" id="title-error">＊題名を入力してください</p>')
  })

  test('says in words whether it is required', () => {
    expect(render(<TextField name="a" label="あ" required />)).toContain('※必須')
    expect(render(<TextField name="a" label="あ" />)).toContain('※任意')
    expect(render(<TextField name="a" label="あ" mark={false} />)).not.toContain('※')
  })

  test('without error claims none', () => {
    expect(render(<TextField name="a" label="あ" />)).not.toMatch(/aria-invalid|aria-describedby|data-wrong/)
  })

  test('long text keeps a first line break', () => {
    expect(render(<LongTextField name="a" label="あ" value={'\nx</textarea>'} />)).toContain(
      '>\n\nx&lt;/textarea&gt;</textarea>',
    )
  })

  test('a number is typed as text', () => {
    expect(render(<NumberField name="n" label="数" value="三" />)).toMatch(
      /type="text".*value="三" inputmode="numeric"/,
    )
  })

  test('what cannot be edited says why', () => {
    const html = render(<ReadOnlyField name="n" label="番号" value="1" reason="確認ずみです" />)
    expect(html).toContain('編集不可')
    expect(html).toContain('readonly="" aria-describedby="n-hint"')
  })
})

describe('a group', () => {
  const options = [
    { value: 'a', label: 'ア' },
    { value: 'b', label: 'イ', hint: '説明' },
  ]

  test('of radios: the first has the id that errors link to, the chosen one is checked', () => {
    const html = render(<ChoiceField name="way" label="方法" options={options} value="b" error="選んでください" />)
    expect(html).toContain('<fieldset class="field" data-wrong="" aria-describedby="way-error">')
    expect(html).toContain('<input type="radio" id="way" name="way" value="a" aria-invalid')
    expect(html).toMatch(/id="way-2" name="way" value="b" checked=""/)
    expect(html.match(/checked/g)).toHaveLength(1)
  })

  test('of checkboxes: several are checked, the first repeats the description', () => {
    const html = render(<ChoicesField name="t" label="題" hint="いくつでも" options={options} value={['a', 'b']} />)
    expect(html.match(/checked=""/g)).toHaveLength(2)
    expect(html).toMatch(/id="t" name="t"[^>]*aria-describedby="t-hint"/)
    expect(html).toMatch(/id="t-2" name="t"[^>]*aria-describedby="t-2-hint-own"/)
  })

  test('of a list: the first line chooses nothing unless there is none', () => {
    const html = render(<SelectField name="s" label="域" options={options} value="b" />)
    expect(html).toContain('<option value="">選んでください</option>')
    expect(html).toContain('<option value="b" selected="">イ</option>')
    expect(render(<SelectField name="s" label="域" options={options} empty={null} />)).not.toContain('value=""')
  })

  test('one box is checked by its own value only', () => {
    expect(render(<Consent name="c" label="同意" value="yes" />)).toContain('value="yes" checked=""')
    expect(render(<Consent name="c" label="同意" value="no" />)).not.toContain('checked')
  })
})

describe('a date', () => {
  test('is sent in three parts, and with the era in four', () => {
    const names = (html: string) => [...html.matchAll(/ name="([^"]+)"/g)].map(([, name]) => name)
    expect(names(render(<DateField name="d" label="日" />))).toEqual(['d.year', 'd.month', 'd.day'])
    const html = render(<DateField name="d" label="日" era value={{ era: '昭和', year: '63' }} />)
    expect(names(html)).toEqual(['d.era', 'd.year', 'd.month', 'd.day'])
    expect(html).toContain('<option value="昭和" selected="">')
  })

  test('marks the wrong part, or all when it is not known which', () => {
    const wrong = (html: string) => html.match(/aria-invalid="true"/g)?.length
    expect(wrong(render(<DateField name="d" label="日" error="誤り" />))).toBe(3)
    expect(wrong(render(<DateField name="d" label="日" error="誤り" wrong={['month']} />))).toBe(1)
  })
})

describe('a file', () => {
  const attached = [{ token: 't1', name: '<b>.pdf', size: 319_488 }]

  test('shows what is attached, keeps its token and offers to remove it', () => {
    const html = render(<FileField name="f" label="書類" required attached={attached} />)
    expect(html).toContain('<input type="hidden" name="f.token" value="t1"/>')
    expect(html).toContain('name="f.remove" value="t1"')
    expect(html).toContain('&lt;b&gt;.pdf（312 KB）')
    expect(html).not.toContain(' required=""')
  })

  test('says which kinds and how large before the choice', () => {
    const html = render(<FileField name="f" label="書類" accept=".pdf,.png" maxBytes={10_485_760} />)
    expect(html).toContain('使える形式：PDF、PNG。1つ10 MBまで')
    expect(html).toContain('aria-describedby="f-limits"')
  })
})
