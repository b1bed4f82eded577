import { Actions, Button, ButtonLink } from '../form/button.tsx'
import { ChoiceField, ChoicesField, Consent, SelectField } from '../form/choice-fields.tsx'
import { DateField } from '../form/date-field.tsx'
import { FileField } from '../form/file-field.tsx'
import { DraftForm } from '../form/form.tsx'
import { PartsField } from '../form/parts-field.tsx'
import { LongTextField, MailField, NumberField, PhoneField, ReadOnlyField, TextField } from '../form/text-fields.tsx'
import { Page } from '../page.tsx'
import { Note } from '../parts/note.tsx'
import { Steps } from '../parts/steps.tsx'
import { GalleryLinks } from './links.tsx'

const errors = {
  name: 'お名前を入力してください',
  person: '担当の方のお名前の名を入力してください',
  mail: '「@」の後ろが途中で終わっています。例：hanako@example.jp',
  way: '連絡の方法を選んでください',
  topics: '相談したいことを1つ以上選んでください',
  'born.month': '月は1から12までの数字で入力してください',
  area: 'お住まいの地域を選んでください',
  people: '参加する人数を数字で入力してください',
  reason: '200文字までに短くしてください',
  quote: '10 MB以下のPDFを選んでください',
  agree: '説明を読んで、同意するときは印を付けてください',
}

/** A journey's page after a failed submit: every kind of field, wrong and right. */
export const FormExample = () => (
  <Page
    title="連絡先を入力してください"
    crumbs={[{ label: '手続', href: '/procedures' }, { label: 'DX相談会の参加申込' }]}
    errors={errors}
    before={
      <>
        <GalleryLinks show="form" />
        <Steps
          label="申込の流れ"
          steps={[
            { label: '参加する会', state: 'done', href: '?show=parts' },
            { label: '連絡先', state: 'current' },
            { label: '相談したいこと', state: 'todo' },
            { label: '確認', state: 'todo' },
          ]}
        />
      </>
    }
  >
    <Note>
      <p>入力したものは自動で保存されています。あとで続きから始められます。</p>
    </Note>
    <DraftForm autosave="/gallery/draft" multipart label="連絡先">
      <TextField
        name="name"
        label="お名前"
        hint="戸籍の字も使えます（例：髙、﨑、𠮷）"
        value=""
        required
        autocomplete="name"
        error={errors.name}
      />
      <PartsField
        name="person"
        label="担当の方のお名前"
        parts={[
          { name: 'family', label: '姓' },
          { name: 'given', label: '名' },
          { name: 'familyKana', label: 'セイ' },
          { name: 'givenKana', label: 'メイ' },
        ]}
        value={{ family: '三重' }}
        wrong={['given']}
        error={errors.person}
        required
      />
      <MailField
        name="mail"
        label="メールアドレス"
        hint="受付の控えをお送りします"
        value="hanako@example"
        required
        error={errors.mail}
      />
      <PhoneField name="phone" label="電話番号" value="059-000-0000" />
      <ReadOnlyField
        name="corporate"
        label="法人番号"
        value="0000000000000"
        reason="サインインのときに確認した番号のため、ここでは変えられません"
      />
      <ChoiceField
        name="way"
        label="連絡の方法"
        required
        error={errors.way}
        options={[
          { value: 'mail', label: 'メール' },
          { value: 'phone', label: '電話', hint: '平日の 8:30〜17:15 におかけします' },
          { value: 'letter', label: '手紙' },
        ]}
      />
      <ChoicesField
        name="topics"
        label="相談したいこと"
        hint="いくつでも選べます"
        required
        error={errors.topics}
        options={[
          { value: 'paper', label: '紙の書類を減らしたい' },
          { value: 'data', label: 'データを仕事に生かしたい' },
          { value: 'other', label: 'ほか（受付を終わりました）', disabled: true },
        ]}
      />
      <DateField
        name="born"
        label="生年月日"
        era
        required
        autocomplete="bday"
        value={{ era: '昭和', year: '63', month: '13', day: '7' }}
        wrong={['month']}
        error={errors['born.month']}
      />
      <DateField name="wish" label="希望する日" value={{}} />
      <SelectField
        name="area"
        label="お住まいの地域"
        required
        error={errors.area}
        options={['北部', '中部', '南部'].map((label) => ({ value: label, label }))}
      />
      <NumberField name="people" label="参加する人数" unit="人" value="三" required error={errors.people} />
      <LongTextField
        name="reason"
        label="相談の内容"
        hint="困っていることを、思いつくままにお書きください"
        value={'受発注を紙からWebに移したいです。\n毎月40時間ほど、書き写しにかかっています。'}
        maxlength={200}
        required
        error={errors.reason}
      />
      <FileField
        name="quote"
        label="見積書"
        accept=".pdf,.png,.jpg"
        maxBytes={10 * 1024 * 1024}
        attached={[{ token: 'sample', name: '見積書.pdf', size: 319_488, href: '?show=form' }]}
        upload="/gallery/files"
        required
        error={errors.quote}
      />
      <Consent name="agree" label="個人情報の取扱いに同意します" required error={errors.agree} />
      <Actions>
        <Button>次へ進む</Button>
        <Button kind="secondary" name="then" value="pause">
          保存して中断する
        </Button>
        <ButtonLink kind="text" href="?show=parts">
          前へ戻る
        </ButtonLink>
      </Actions>
    </DraftForm>
  </Page>
)
