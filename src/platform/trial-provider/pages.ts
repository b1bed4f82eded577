import type { TrialPerson } from './person.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string) => text.replace(/[&<>"']/g, (c) => entities[c]!)

function page(mount: string, title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${safe(title)}｜体験用サインイン</title>
<link rel="stylesheet" href="${mount}/style.css">
</head>
<body>
<header><p>体験用サインイン</p></header>
<main>
<h1>${safe(title)}</h1>
${content}
</main>
</body>
</html>
`
}

/** Whom to be: one button for each demonstration person, under the name of the office. Works without JavaScript. */
export function personsPage(mount: string, action: string, persons: readonly TrialPerson[]): string {
  const offices = [...new Set(persons.map(({ office }) => office))]
  const lists = offices.map((office, i) => {
    const buttons = persons.filter((person) => person.office === office).map(personButton)
    return `<section aria-labelledby="office-${i}">
<h2 id="office-${i}">${safe(office)}</h2>
<ul>
${buttons.join('\n')}
</ul>
</section>`
  })
  return page(
    mount,
    'だれとしてサインインしますか',
    `<p class="notice"><strong>体験用です。本物の認証ではありません。</strong>登場する人物は架空で、パスワードはいりません。</p>
<form method="post" action="${safe(action)}">
${lists.join('\n')}
<p><button class="cancel" name="cancel" value="yes">サインインをやめて戻る</button></p>
</form>`,
  )
}

function personButton({ id, name, role, department, section }: TrialPerson): string {
  const place = [department, section].filter((part) => part).join(' ')
  return `<li><button name="person" value="${safe(id)}">
<span class="name">${safe(name)}</span>
${place ? `<span class="place">${safe(place)}</span>\n` : ''}<span class="role">${safe(role)}</span>
</button></li>`
}

/** What went wrong, what to do, and the provider's word for it. */
export function errorPage(mount: string, code: string): string {
  const late = code === 'session_not_found' || code === 'SessionNotFound'
  const explanation = late
    ? '時間がたったか、すでに使われた画面です。もとのサイトに戻り、もう一度サインインしてください。'
    : 'もとのサイトからの求めに誤りがあります。戻って、もう一度サインインしてください。続くときは管理者にお知らせください。'
  return page(
    mount,
    'サインインを続けられません',
    `<p>${explanation}</p>
<p class="code">エラーの種類：${safe(code)}</p>`,
  )
}

/** After the tokens of the Digital Agency's design system: its colours, spacing and focus ring. */
export const styles = `*{box-sizing:border-box}
body{margin:0;color:#1a1a1a;background:#fff;font:1rem/1.7 "BIZ UDPGothic","Noto Sans JP",sans-serif;letter-spacing:.02em}
header{border-bottom:1px solid #b3b3b3}
header p{max-width:40rem;margin:0 auto;padding:.75rem 1rem;font-weight:700}
main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:0 0 1rem;font-size:1.375rem;line-height:1.5}
h1,.notice{word-break:auto-phrase}
h2{margin:2rem 0 .5rem;font-size:1.125rem}
.notice{margin:0;padding:1rem;border:2px solid #b78f00;border-radius:.5rem;background:#fffbe6}
.notice strong{display:block}
.code{color:#626264}
ul{margin:0;padding:0;list-style:none}
li{margin:0 0 .5rem}
button{display:block;width:100%;min-height:3.5rem;padding:.75rem 1rem;border:1px solid #767676;border-radius:.5rem;
background:#fff;color:inherit;font:inherit;letter-spacing:inherit;text-align:start;overflow-wrap:anywhere;cursor:pointer}
button:hover{background:#e8f1fe;border-color:#0017c1}
button:focus-visible{outline:4px solid #000;outline-offset:2px;box-shadow:0 0 0 2px #ffd43d}
button span{display:block}
.name{color:#0017c1;font-size:1.125rem;font-weight:700;text-decoration:underline}
.place{font-size:.875rem;color:#4d4d4d}
.cancel{width:auto;margin-top:2rem;text-align:center}
`
