/** What AA (WCAG 2.2, 1.4.3) asks of text. */
const enough = 4.5

/** Why a key colour can't be taken, with its numbers; null where it can. Ratios as `keyColourContrast` tells them. */
export function colourFault(name: string, { text, rail }: { text: number; rail: number }): string | null {
  const faults = [
    ...(text < enough ? [`白地の文字の差が${ratio(text)}`] : []),
    ...(rail < enough ? [`濃い帯の白い文字の差が${ratio(rail)}`] : []),
  ]
  if (faults.length === 0) return null
  return `${name}は${faults.join('、')}で、読みやすさの基準（${enough}:1以上）に足りません。ほかの色を選んでください`
}

/** 8.3:1, cut and not rounded up: 4.46 is not enough and must not look so. */
export const ratio = (value: number): string => `${(Math.floor(value * 10) / 10).toFixed(1)}:1`
