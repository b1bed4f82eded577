import { shellPaths, useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'
import { PhoneLink } from './phone-link.tsx'

/** Foot of every public page: whom to ask, and how to do it without a screen. */
export const Footer = () => {
  const { tenant } = useShell()
  const w = useUiWords()
  const contact = tenant?.contact
  return (
    <footer class="footer">
      <div class="wrap">
        {contact && (
          <p class="footer__help">
            <strong>{w.help}</strong>
            <span>{contact.office}</span>
            {contact.phone && (
              <span>
                {w.phone} <PhoneLink number={contact.phone} />
                {contact.hours && <>（{contact.hours}）</>}
              </span>
            )}
            {contact.mail && (
              <span>
                {w.mail} <a href={`mailto:${contact.mail}`}>{contact.mail}</a>
              </span>
            )}
          </p>
        )}
        {tenant && (
          <ul class="footer__links">
            <li>
              <a href={shellPaths.otherWays}>{w.otherWays}</a>
            </li>
            <li>
              <a href={shellPaths.accessibility}>{w.accessibility}</a>
            </li>
            <li>
              <a href={shellPaths.evidence}>{w.evidence}</a>
            </li>
          </ul>
        )}
        {tenant && w.contents && <p>{w.contents}</p>}
        <p class="footer__name">{tenant ? `${tenant.name} ${w.product}` : w.product}</p>
      </div>
    </footer>
  )
}
