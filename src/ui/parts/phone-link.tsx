/** A telephone number that can be pressed and doesn't break in the middle. */
export const PhoneLink = ({ number }: { number: string }) => (
  <a class="phone" href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>
    {number}
  </a>
)
