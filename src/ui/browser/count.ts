/** Says how many characters are left, counted as people do (code points; a line break is one). Speaks only when typing pauses. */
export function countCharacters(): void {
  for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-maxlength]')) {
    const words = document.getElementById(`${area.id}-count`)
    if (!words) continue
    words.setAttribute('role', 'status')
    let pause: ReturnType<typeof setTimeout>
    area.addEventListener('input', () => {
      clearTimeout(pause)
      pause = setTimeout(() => tell(area, words), 400)
    })
    if (area.value) tell(area, words)
  }
}

const tell = (area: HTMLTextAreaElement, words: HTMLElement) => {
  const left = Number(area.dataset.maxlength) - [...area.value].length
  words.dataset.state = left < 0 ? 'over' : 'left'
  const sentence = (left < 0 ? words.dataset.over : words.dataset.left) ?? ''
  words.textContent = sentence.replace('{n}', Math.abs(left).toLocaleString(document.documentElement.lang))
}
