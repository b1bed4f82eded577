import type { Child } from '../jsx/element.ts'

/** What has just been done, on top of the page that follows it. It stays until the next page: no toast that runs away. */
export const Confirmation = ({ children }: { children?: Child }) => (
  <div class="confirmation" role="status">
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="11" />
      <path d="M6.5 12.5l3.5 3.5 7.5-8" />
    </svg>
    <p>{children}</p>
  </div>
)
