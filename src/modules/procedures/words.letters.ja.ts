/** What applicants are written, step by step. Letters are in Japanese. */
export const letters = {
  /** The page that every letter links to asks for the mail address where it has to. */
  look: (number: string) => `受付番号：${number}`,
  arrived: (title: string, number: string) => ({
    subject: `【受付】${title}（${number}）`,
    text: `「${title}」の申請を受け付けました。\n受付番号は ${number} です。お問い合わせのときに必要ですので、お控えください。`,
  }),
  reviewing: (title: string) => ({
    subject: `【審査開始】${title}`,
    text: `「${title}」の申請の確認を始めました。終わりましたら、お知らせします。`,
  }),
  correction: (title: string, day: string, count: number) => ({
    subject: `【補正のお願い】${title}`,
    text: `「${title}」の申請に、直していただきたいところが${count}か所あります。\n${day}までに、状態のページから補正してください。電話や窓口でも直せます。`,
  }),
  corrected: (title: string) => ({
    subject: `【補正受付】${title}`,
    text: `「${title}」の補正を受け付けました。確認を続けます。`,
  }),
  approved: (title: string, reason: string) => ({
    subject: `【結果】${title}`,
    text: `「${title}」の申請は承認されました。${reason ? `\n\n${reason}` : ''}`,
  }),
  rejected: (title: string, reason: string) => ({
    subject: `【結果】${title}`,
    text: `「${title}」の申請は承認されませんでした。\n\n理由：${reason}\n\nご不明な点は、状態のページにある担当へお尋ねください。`,
  }),
  traced: (title: string, state: string) => ({
    subject: `【つながり】${title}`,
    text: `あなたの声とつながっている「${title}」の申請が「${state}」になりました。`,
  }),
  withdrawn: (title: string) => ({
    subject: `【取下げ】${title}`,
    text: `「${title}」の申請の取下げを受け付けました。`,
  }),
}
