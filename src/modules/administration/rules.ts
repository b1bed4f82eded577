/** What AA (WCAG 2.2, 1.4.3) asks of text. */
export const enough = 4.5

/** Which of a key colour's contrasts are too low, as written; empty where it can be taken. Ratios as `keyColourContrast` tells them. */
export const colourFaults = (found: {
  text: number
  rail: number
}): readonly { where: 'text' | 'rail'; ratio: string }[] =>
  (['text', 'rail'] as const)
    .filter((where) => found[where] < enough)
    .map((where) => ({ where, ratio: ratio(found[where]) }))

/** 8.3:1, cut and not rounded up: 4.46 is not enough and must not look so. */
export const ratio = (value: number): string => `${(Math.floor(value * 10) / 10).toFixed(1)}:1`
