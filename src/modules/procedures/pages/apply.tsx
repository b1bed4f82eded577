import type { z } from 'zod'
import {
  checkList,
  checkPage,
  draftDays,
  FormFields,
  type FormPage,
  journey,
  previousPage,
  type ReadPage,
  softMissing,
  stepsOf,
} from '#modules/forms/index.ts'
import type { Child } from '#ui/index.ts'
import {
  Actions,
  Button,
  ButtonLink,
  DraftForm,
  Facts,
  Form,
  HiddenField,
  Note,
  Page,
  Steps,
  useShell,
} from '#ui/index.ts'
import type { draftPage } from '../views/draft.ts'
import type { PublicWords } from '../words.en.ts'
import { usePublicWords } from '../words.ts'
import { ForgetDevice } from './device.tsx'

/** Says in every page of a form which procedure it is for: who has lost the draft finds back with it. */
export const procedureField = '_procedure'

type Shown = z.output<typeof draftPage.output>

const crumbsOf = ({ procedure }: Shown, w: PublicWords) => [
  { label: w.menu, href: '/procedures' },
  { label: procedure.title, href: `/procedures/${procedure.slug}` },
  { label: w.procedure.here },
]

const StepsOf = ({ draft: { id, definition, answers, today }, current }: { draft: Shown; current: string }) => (
  <Steps
    label={usePublicWords().apply.flow}
    steps={stepsOf(definition, answers, current, today).map(({ page, title, state }) => ({
      label: title,
      state,
      ...(state === 'done' && { href: `/apply/${id}/${page}` }),
    }))}
  />
)

type ApplyProps = {
  draft: Shown
  page: FormPage
  read?: Pick<ReadPage, 'typed' | 'errors' | 'wrong'> | undefined
  upload: (field: string) => string
}

/** One page of a form: a question's worth, with what was typed, and what is to be corrected. */
export const ApplyPage = ({ draft, page, read, upload }: ApplyProps) => {
  const w = usePublicWords()
  const { id, definition, answers, today } = draft
  const { assets, person } = useShell()
  const back = previousPage(definition, answers, page.id, today)
  const files = page.fields.some(({ kind }) => kind === 'file')
  const form = { definition, page, answers, today }
  return (
    <Page
      title={page.title}
      crumbs={crumbsOf(draft, w)}
      errors={read?.errors ?? {}}
      before={<StepsOf draft={draft} current={page.id} />}
    >
      {page.end !== undefined ? (
        <>
          {page.end.split('\n').map((line) => (
            <p>{line}</p>
          ))}
          <FormFields {...form} />
          <Actions>
            <ButtonLink kind="text" href={back ? `/apply/${id}/${back}` : `/procedures/${draft.procedure.slug}`}>
              {w.apply.back}
            </ButtonLink>
          </Actions>
        </>
      ) : (
        <>
          <p class="hint">{w.apply.saved(draftDays, person !== null)}</p>
          {page.hint && <p>{page.hint}</p>}
          <DraftForm autosave={`/apply/${id}/${page.id}/autosave`} multipart={files}>
            <HiddenField name={procedureField} value={draft.procedure.slug} />
            <FormFields {...form} upload={upload} {...(read && { read })} />
            <Actions>
              <Button>{w.apply.next}</Button>
              <ButtonLink kind="text" href={back ? `/apply/${id}/${back}` : `/procedures/${draft.procedure.slug}`}>
                {w.apply.back}
              </ButtonLink>
            </Actions>
          </DraftForm>
        </>
      )}
      <ForgetDevice />
      {assets.forms && <script type="module" src={assets.forms} />}
    </Page>
  )
}

/** Check your answers: everything that will be filed, each with its way back, and the one button that files it. */
export const CheckPage = ({ draft, errors = {} }: { draft: Shown; errors?: Readonly<Record<string, string>> }) => {
  const w = usePublicWords()
  const { id, definition, answers, today } = draft
  const { complete, firstIncomplete } = journey(definition, answers, today)
  const missing = softMissing(definition, answers, today)
  return (
    <Page
      title={w.apply.check}
      crumbs={crumbsOf(draft, w)}
      errors={errors}
      before={<StepsOf draft={draft} current={checkPage} />}
    >
      <p>{w.apply.checkText}</p>
      {draft.represents && (
        <Facts
          items={[
            {
              label: w.acting.filing,
              value: <strong id="represents">{w.acting.forWhom(draft.represents.name)}</strong>,
              action: { href: '/my/acting', label: w.acting.change },
            },
          ]}
        />
      )}
      {checkList(definition, answers, today).map(({ title, items }) => (
        <section>
          <h2>{title}</h2>
          <Facts
            items={items.map(({ field, label, text, page }) => ({
              label,
              value: (
                <span id={field}>
                  {text ?? w.apply.none}
                  {field === draft.mail_field && text && (
                    <>
                      <br />
                      <small class="hint">{w.apply.checkMail}</small>
                    </>
                  )}
                </span>
              ),
              action: { href: `/apply/${id}/${page}#${field}`, label: w.apply.change },
            }))}
          />
        </section>
      ))}
      {complete && missing.length > 0 && (
        <Note title={w.apply.soft}>
          <ul>
            {missing.map(({ field, label, page, consequence }) => (
              <li>
                <a href={`/apply/${id}/${page}#${field}`}>{label}</a>：{consequence}
              </li>
            ))}
          </ul>
        </Note>
      )}
      {complete ? (
        <Form>
          <HiddenField name="represents" value={draft.represents?.id ?? ''} />
          <Actions>
            <Button>{w.apply.submit}</Button>
          </Actions>
        </Form>
      ) : (
        <Note kind="warn" title={w.apply.incomplete}>
          <ButtonLink href={`/apply/${id}/${firstIncomplete}`}>{w.apply.incompleteLink}</ButtonLink>
        </Note>
      )}
    </Page>
  )
}

/** Filing was refused since we don't know surely enough who files: what is kept, and the ways to go on. */
export const SurerPage = ({ draft, children }: { draft: Shown; children?: Child }) => {
  const w = usePublicWords()
  return (
    <Page title={w.acting.needs} crumbs={crumbsOf(draft, w)}>
      {children}
      <p>
        <a href={`/apply/${draft.id}/${checkPage}`}>{w.acting.again}</a>
      </p>
    </Page>
  )
}
