import tokens from '@digital-go-jp/design-tokens'
import type { KeyColour } from './shell.tsx'

/** All hues of the palette that an administrator may choose from, in the palette's order. */
export const keyColours: readonly KeyColour[] = [
  'blue',
  'light-blue',
  'cyan',
  'green',
  'lime',
  'yellow',
  'orange',
  'red',
  'magenta',
  'purple',
]

type Palette = Record<string, Record<number, { $value: string }>>

/** The package is CommonJS: its one export is the object itself, though its types say `default`. */
const palette = (tokens as unknown as { Color: { Primitive: Palette } }).Color.Primitive

/** The colour of a hue at a step (50–1200), as `#rrggbb`. Throws for a step that the package does not have. */
function hueAt(hue: KeyColour, step: number): string {
  const name = hue === 'light-blue' ? 'LightBlue' : hue.charAt(0).toUpperCase() + hue.slice(1)
  const value = palette[name]?.[step]?.$value
  if (!value) throw new Error(`the token package has no ${hue}-${step}`)
  return value
}

const channel = (part: string) => {
  const c = Number.parseInt(part, 16) / 255
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = (hex.slice(1).match(/../g) ?? []).map(channel)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

/** What AA asks of text. */
const enough = 4.5

/**
 * Whether a hue can carry a tenant: its 900 on white (buttons, marks) and white on its 1100 (rail of the console).
 * `text` and `rail` are the ratios, for the administrator to see.
 */
export function keyColourContrast(hue: KeyColour): { hue: KeyColour; text: number; rail: number; passes: boolean } {
  const text = contrast(hueAt(hue, 900), '#ffffff')
  const rail = contrast('#ffffff', hueAt(hue, 1100))
  return { hue, text, rail, passes: text >= enough && rail >= enough }
}
