/** On wide screens the console's menu is open, also for tools that take a closed `details` at its word. */
export function openRail(): void {
  const fold = document.querySelector<HTMLDetailsElement>('.rail__fold')
  const wide = matchMedia('(min-width: 60.01rem)')
  const follow = () => {
    if (fold) fold.open = wide.matches
  }
  wide.addEventListener('change', follow)
  follow()
}
