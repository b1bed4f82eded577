/** Between two lines, and before the first, seconds. */
const quiet = 5

/** Seconds since the program began. */
export const elapsed = () => performance.now() / 1000

/** Says on the error output how far a long computation has come, one line every few seconds; nothing about a short one. */
export function progressLines(): (said: string) => void {
  let last = 0
  return (said) => {
    if (elapsed() - last < quiet) return
    last = elapsed()
    console.error(`${last.toFixed(0)} s: ${said}`)
  }
}
