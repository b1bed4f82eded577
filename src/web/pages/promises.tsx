import { Facts, Page, useShell, useWords } from '#ui/index.ts'
import { en, ja } from './words.ts'

/** What we promise about accessibility, and how it was tested. */
export const AccessibilityPage = () => {
  const w = useWords({ ja, en }).accessibility
  return (
    <Page title={w.title}>
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
    <Page title={w.title}>
      <p>{w.lead}</p>
      <Facts
        items={[
          { label: w.phone, value: w.phoneText },
          { label: w.window, value: w.windowText },
          { label: w.paper, value: w.paperText },
        ]}
      />
      <p>{contact ? [contact.office, contact.phone, contact.hours].filter(Boolean).join('　') : w.unknown}</p>
    </Page>
  )
}
