/** How long a draw may take, and who hears how far it has come. */
export type Pace = {
  /** Seconds since it began. */
  elapsed: () => number
  /** From then on the best so far is handed back. */
  seconds: number
  tell: (said: string) => void
}

export const unhurried: Pace = { elapsed: () => 0, seconds: Infinity, tell: () => {} }

/** Seconds that are left. */
export const remaining = ({ elapsed, seconds }: Pace) => seconds - elapsed()
