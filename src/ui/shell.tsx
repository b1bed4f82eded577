import { type Child, draw } from './jsx/element.ts'

/** A hue of the DADS palette that a tenant may carry. `contrast.ts` knows which ones are legible. */
export type KeyColour =
  | 'blue'
  | 'light-blue'
  | 'cyan'
  | 'green'
  | 'lime'
  | 'yellow'
  | 'orange'
  | 'red'
  | 'magenta'
  | 'purple'

export type NavItem = { href: string; label: string; current?: boolean; count?: number | null }
export type RailGroup = { label: string | null; items: NavItem[] }
export type Contact = { office: string; phone: string | null; mail: string | null; hours: string | null }

/** What surrounds a page and is the same on every page of one request. Filled by the web layer. */
export type Shell = {
  /** null: the front page of the instance, above all tenants */
  tenant: { id: string; name: string; keyColour: KeyColour; contact: Contact | null; fictional: boolean } | null
  /** path within the tenant, with query */
  path: string
  person: { name: string; staff: boolean; actsFor: string | null } | null
  /** The form token. Asked for only where a form is shown: with it the browser gets a cookie. */
  csrf: string
  /** public main menu */
  nav: NavItem[]
  /** staff console rail */
  rail: RailGroup[]
  assets: { style: string; script: string /** the form logic, only where a form needs it */; forms?: string }
  /** shown once, as a banner at the top of the next page */
  confirmation: string | null
  trial: boolean
  language: 'ja' | 'en'
}

/** What an error page falls back on when nothing about the request is known. */
const nobody: Shell = {
  tenant: null,
  path: '/',
  person: null,
  csrf: '',
  nav: [],
  rail: [],
  assets: { style: '/assets/app.css', script: '/assets/app.js' },
  confirmation: null,
  trial: false,
  language: 'ja',
}

let around = nobody

/** The shell of the page that is being drawn. */
export const useShell = (): Shell => around

/**
 * The HTML document of a page in its shell. A page is drawn without a pause, so no other comes between. Without the
 * doctype browsers fall back to quirks mode.
 */
export function drawIn(shell: Shell, page: Child, base = ''): string {
  const before = around
  around = shell
  try {
    return `<!DOCTYPE html>${draw(page, base)}`
  } finally {
    around = before
  }
}

/** The addresses that the shells link to; whoever owns them must answer there. */
export const shellPaths = {
  home: '/',
  search: '/search',
  /** GET with `back`: sign-in starts by GET because of the policy `form-action 'self'` */
  signIn: '/sign-in',
  /** POST */
  signOut: '/sign-out',
  account: '/my',
  /** GET: choosing for whom one acts */
  acting: '/my/acting',
  /** GET with `to` (ja, en) and `back` */
  language: '/language',
  accessibility: '/accessibility',
  /** by phone, at the window, on paper */
  otherWays: '/other-ways',
  /** the sealed audit trail, for anybody to keep */
  evidence: '/evidence',
  console: '/console',
} as const
