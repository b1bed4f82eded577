/** Moves the focus to the error summary, so that a screen reader begins there; links move it on into the field. */
export function focusErrors(): void {
  const summary = document.querySelector<HTMLElement>('[data-error-summary]')
  if (!summary) return
  summary.focus()
  summary.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]')
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!field) return
    event.preventDefault()
    field.focus({ preventScroll: true })
    // The label, not only the control, should be in view.
    ;(field.closest('.field') ?? field).scrollIntoView({ block: 'start' })
  })
}
