import type { Child } from '../jsx/element.ts'
import { useUiWords } from '../ui-words.ts'

/** A place for a map, never alone: the same places stand beside it as a list, for those who can't use the picture. */
export const MapFrame = ({
  title,
  attribution,
  picture,
  children,
}: {
  title: string
  attribution: string
  picture?: Child
  children?: Child
}) => {
  const w = useUiWords()
  return (
    <figure class="map">
      <figcaption class="map__title">{title}</figcaption>
      <div class="map__row">
        {picture !== undefined && picture !== null && (
          <div class="map__picture">
            {picture}
            <p class="map__attribution">{attribution}</p>
          </div>
        )}
        <section class="map__list" aria-label={`${title}：${w.mapList}`}>
          {children}
        </section>
      </div>
    </figure>
  )
}
