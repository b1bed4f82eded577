/** Opens the target of a dialog link as a modal; the browser keeps the focus inside and gives it back. */
export function enhanceDialogs(): void {
  document.addEventListener('click', (event) => {
    const target = event.target as Element
    const opener = target.closest<HTMLElement>('[data-dialog]')
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog ?? '')
      if (!(dialog instanceof HTMLDialogElement) || dialog.open) return
      event.preventDefault()
      dialog.showModal()
      return
    }
    const closer = target.closest('[data-close-dialog]')?.closest('dialog')
    if (closer?.open) {
      event.preventDefault()
      closer.close()
    }
  })
}
