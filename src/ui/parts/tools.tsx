import { shellPaths, useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'

/** Language switch, and the way in or the menu of the person who is in. */
export const Tools = ({ console = false }: { console?: boolean }) => {
  const { person, path, language } = useShell()
  const w = useUiWords()
  const other = language === 'ja' ? 'en' : 'ja'
  const back = encodeURIComponent(path)
  return (
    <div class="tools">
      <a href={`${shellPaths.language}?to=${other}&back=${back}`} lang={other} hreflang={other}>
        {w.otherLanguage}
      </a>
      {person ? <PersonMenu console={console} /> : <a href={`${shellPaths.signIn}?back=${back}`}>{w.signIn}</a>}
    </div>
  )
}

/** A `details`, so that it opens without JavaScript; signing out is a post, as it changes something. */
const PersonMenu = ({ console }: { console: boolean }) => {
  const shell = useShell()
  const { person } = shell
  const w = useUiWords()
  if (!person) return null
  return (
    <details class="person">
      <summary>
        <span class="visually-hidden">{w.personMenu}</span> {person.name}
      </summary>
      <div class="person__menu">
        {person.actsFor && <p class="small">{w.actsFor(person.actsFor)}</p>}
        <ul>
          <li>
            <a href={shellPaths.account}>{w.account}</a>
          </li>
          {person.staff && !console && (
            <li>
              <a href={shellPaths.console}>{w.console}</a>
            </li>
          )}
          {console && (
            <li>
              <a href={shellPaths.home}>{w.publicSite}</a>
            </li>
          )}
        </ul>
        <form method="post" action={shellPaths.signOut}>
          <input type="hidden" name="_csrf" value={shell.csrf} />
          <button type="submit" class="button" data-kind="secondary" data-small="">
            {w.signOut}
          </button>
        </form>
      </div>
    </details>
  )
}
