/**
 * Whom one can be at the trial's デジタル認証アプリ and GビズID. All of it is invented: the companies' numbers have right check
 * digits, and bodies (…0001 and so on) that no 法人番号 has. Present in trial mode only.
 */
type TrialSignIn = {
  subject: string
  name: string
  group: string
  what: string
  /** As the provider it is played by would say it. */
  claims: Readonly<Record<string, unknown>>
}

const card = (
  subject: string,
  name: string,
  [birthdate, gender, address]: [string, string, string],
  what: string,
): TrialSignIn => ({
  subject,
  name,
  group: 'マイナンバーカードを持つ人（架空）',
  what,
  claims: { name, birthdate, gender, address },
})

export const trialCards: readonly TrialSignIn[] = [
  card('card-hanako', '日向 花子', ['19850514', '2', 'あったか県ひだまり市中央一丁目2番3号'], 'ひだまり市に住む人'),
  card('card-taro', '木漏 太郎', ['19581103', '1', 'あったか県こもれび町大字森45番地'], 'こもれび町に住む人'),
  card('card-sora', '渚 そら', ['20040229', '3', 'あったか県なぎさ村浜6番地7'], 'なぎさ村に住む学生'),
]

const kinds = { entry: '1', prime: '2', member: '3' }

type Company = { number: string; name: string }

const sunny: Company = { number: '8000000000001', name: '株式会社ひだまり製作所' }
const coast: Company = { number: '6000000000003', name: '合同会社なぎさ水産' }
const scrivener: Company = { number: '7000000000002', name: '行政書士法人こもれび' }

const account = (
  subject: string,
  kind: keyof typeof kinds,
  company: Company,
  [last, first]: [string, string],
  what: string,
  more: Readonly<Record<string, unknown>> = {},
): TrialSignIn => ({
  subject,
  name: `${last} ${first}`,
  group: `${company.name}（架空）`,
  what,
  claims: {
    account_type: kinds[kind],
    corp_type: '1',
    corporate_number: company.number,
    name: company.name,
    user_last_nm: last,
    user_first_nm: first,
    ...more,
  },
})

export const trialAccounts: readonly TrialSignIn[] = [
  account('gbizid-prime', 'prime', sunny, ['日和', 'みのる'], 'GビズIDプライムを持つ代表者'),
  account('gbizid-member', 'member', sunny, ['陽向', 'あおい'], 'GビズIDメンバーの従業員'),
  account('gbizid-entry', 'entry', coast, ['波野', 'しずか'], 'GビズIDエントリー（本人確認をしていないアカウント）'),
  account('gbizid-agent', 'prime', scrivener, ['森野', 'つとむ'], '株式会社ひだまり製作所から委任を受けた行政書士', {
    delegation_info: [{ corporate_number: sunny.number, name: sunny.name }],
  }),
  {
    subject: 'gbizid-sole',
    name: '小春 のぞみ',
    group: '個人事業主（架空）',
    what: 'GビズIDプライムを持つ個人事業主',
    claims: { account_type: '2', corp_type: '2', name: '喫茶こはる', user_last_nm: '小春', user_first_nm: 'のぞみ' },
  },
]
