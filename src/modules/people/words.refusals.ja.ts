/** What the acts of this module say beside a field, or where they can't be done. */
export const says = {
  addUnit: {
    kind: '部局か課かを選んでください',
    parent: '部局を選んでください',
    noSuchDepartment: '課を置く部局を選んでください',
    noParent: '部局を置くときは、上の部局を選ばないでください',
    thereAlready: '同じ名前の部局または課が、すでにあります',
  },
  closeUnit: {
    sectionsInside: (section: string) => `その日も${section}などの課が残っています。先に、課を移すか閉じてください`,
    peopleInside: (people: number) => `その日も${people}人が所属しています。先に、異動させてください`,
  },
  disablePerson: {
    lastAdministrator:
      '最後の管理者なので、止められません。先に、ほかの人に管理者の役割を与え、その人がサインインしてからにしてください',
    oneself: 'ご自身の利用は止められません。ほかの管理者に頼んでください',
  },
  enterGroupRole: {
    provider: '認証サーバーを選んでください',
    group: 'グループの名前',
    enteredAlready: 'このグループと役割の組は、すでにあります',
  },
  grantRole: {
    fourEyes: 'ご自身に役割を与えることはできません。ほかの管理者に頼んでください',
    disabled: '利用を止めている人には、役割を与えられません',
    heldAlready: 'この役割は、すでに持っています',
  },
  inviteStaff: {
    provider: '認証の窓口を選んでください',
    subject: '窓口での利用者番号',
    section: '所属する課を選んでください',
    knownAlready: 'このメールアドレスの職員は、すでに登録されています。人の一覧で確かめてください',
    reason: '職員としての招待',
  },
  movePerson: {
    section: '異動先の課を選んでください',
    notOpen: 'この課は、その日には置かれていません。日か課を選び直してください',
    thereAlready: 'すでにこの課に所属しています',
    tooEarly: (day: string) => `${day}からの所属が登録されています。その日か、それより後の日を入力してください`,
  },
  moveUnit: {
    parent: '移す先の部局を選んでください',
    sectionsOnly: '移せるのは課だけです',
  },
  renewInvitation: {
    cantBeInvited: 'すでにサインインしたことがあるか、利用を止めている人は、招待できません',
  },
  revokeRole: {
    lastAdministrator:
      '最後の管理者なので、外せません。先に、ほかの人に管理者の役割を与え、その人がサインインしてからにしてください',
    revokedAlready: 'この役割は、すでに外されています',
  },
  role: {
    which: '役割を選んでください',
    where: 'どこで持つ役割かを選んでください',
    wholeOfficeOnly: (role: string) => `「${role}」は、全体でだけ持てる役割です。「全体」を選んでください`,
    noSuchPlace: 'いまある部局か課を選んでください',
  },
  unit: {
    name: '名前',
    notOpen: 'この部局は、その日には置かれていません',
    closedTooEarly: (day: string) => `${day}からの状態が登録されています。それより後の日を入力してください`,
    closed: 'すでに閉じることになっています',
    sameName: 'いまと同じ名前です。新しい名前を入力してください',
    sameDepartment: 'いまの部局です。ほかの部局を選んでください',
    changedTooEarly: (day: string) =>
      `${day}からの状態が登録されています。その日か、それより後の日を入力してください。予定であれば、取り消すこともできます`,
  },
}
