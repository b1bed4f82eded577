/**
 * The mark: a sun that comes through a cloud, on a disc in the tenant's colour. The sun carries the one warm accent of the look.
 * Colours come from the style sheet, so that it follows the tenant's hue and forced colours.
 */
export const Mark = ({ size = 36 }: { size?: number }) => (
  <svg class="mark" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true" focusable="false">
    <circle class="mark__disc" cx="18" cy="18" r="18" />
    <circle class="mark__sun" cx="22.5" cy="13.5" r="5.5" />
    <path
      class="mark__cloud"
      d="M11 27.5a5.2 5.2 0 0 1-.7-10.3 6.6 6.6 0 0 1 12.5 1.1 4.7 4.7 0 0 1 3.6 4.6c0 2.6-2.1 4.6-4.7 4.6z"
    />
  </svg>
)
