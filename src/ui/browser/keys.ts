/**
 * `/` goes to search; j and k move between the first links of a queue's rows. Not while typing, and not with a modifier key:
 * those belong to the browser and to screen readers.
 */
export function enhanceKeys(): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (target.closest('input, textarea, select, dialog[open], [contenteditable]')) return
    if (event.key === '/') {
      const search = document.querySelector<HTMLInputElement>('input[type=search]')
      if (!search) return
      event.preventDefault()
      search.focus()
    } else if (event.key === 'j' || event.key === 'k') {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-queue] tbody tr')]
      const links = rows.flatMap((row) => row.querySelector<HTMLElement>('a[href]') ?? [])
      const now = rows.findIndex((row) => row.contains(document.activeElement))
      links[event.key === 'j' ? Math.min(now + 1, links.length - 1) : Math.max(now - 1, 0)]?.focus()
    }
  })
}
