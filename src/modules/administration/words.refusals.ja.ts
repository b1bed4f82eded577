/** What the acts of this module say beside a field, or where they can't be done. */
export const says = {
  changeSettings: {
    name: '名前',
    keyColour: '色を選んでください',
    office: '担当',
    phone: '電話番号',
    phoneShape: '電話番号は、数字とハイフンで入力してください。例：059-000-0000',
    hours: '受付時間',
    contactWithoutOffice: '連絡先を載せるときは、担当の名前も入力してください',
  },
  contrast: (colour: string, faults: readonly { where: 'text' | 'rail'; ratio: string }[], enough: number) => {
    const where = { text: '白地の文字の差が', rail: '濃い帯の白い文字の差が' }
    const found = faults.map((fault) => where[fault.where] + fault.ratio).join('、')
    return `${colour}は${found}で、読みやすさの基準（${enough}:1以上）に足りません。ほかの色を選んでください`
  },
}
