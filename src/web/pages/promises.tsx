import { Facts, Page, PhoneLink, useShell, useWords } from '#ui/index.ts'
import { en, ja } from './words.ts'

/** What we promise about accessibility, and how it was tested. */
export const AccessibilityPage = () => {
  const w = useWords({ ja, en }).accessibility
  return (
    <Page title={w.title} crumbs={[{ label: w.title }]}>
      <p>{w.lead}</p>
      <ul>
        {w.points.map((point) => (
          <li>{point}</li>
        ))}
      </ul>
      <p>{w.tell}</p>
    </Page>
  )
}

/** How to do the same by telephone, at the window and on paper. */
export const OtherWaysPage = () => {
  const w = useWords({ ja, en }).otherWays
  const contact = useShell().tenant?.contact
  return (
    <Page title={w.title} crumbs={[{ label: w.title }]}>
      <p>{w.lead}</p>
      <Facts
        items={[
          { label: w.phone, value: contact?.phone ? w.phoneText : w.noPhoneText },
          { label: w.window, value: w.windowText },
          { label: w.paper, value: contact?.phone ? w.paperText : w.noPhonePaperText },
        ]}
      />
      <h2>{w.contact}</h2>
      {contact ? (
        <Facts
          items={[
            { label: w.office, value: contact.office },
            ...(contact.phone ? [{ label: w.phone, value: <PhoneLink number={contact.phone} /> }] : []),
            ...(contact.hours ? [{ label: w.hours, value: contact.hours }] : []),
            ...(contact.mail ? [{ label: w.mail, value: <a href={`mailto:${contact.mail}`}>{contact.mail}</a> }] : []),
          ]}
        />
      ) : (
        <p>{w.unknown}</p>
      )}
    </Page>
  )
}
