/** Ways to go, each with a verb and a sentence. */
export const Tiles = ({ items }: { items: readonly { href: string; title: string; text?: string }[] }) => (
  <ul class="tiles">
    {items.map(({ href, title, text }) => (
      <li key={href}>
        <a href={href}>
          <strong>{title}</strong>
          {text && <span>{text}</span>}
        </a>
      </li>
    ))}
  </ul>
)
