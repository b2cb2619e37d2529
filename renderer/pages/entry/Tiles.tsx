import type { Tile } from '../../app/session-operations.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Entry.module.css'

interface TilesProps {
  people: readonly Tile[]
  chosen: string | null
  onChoose: (user: string) => void
}

/** Who uses this computer. The arrows go from one to the next from the tiles and from the field below. */
export function Tiles({ people, chosen, onChoose }: TilesProps) {
  const t = useT()
  return (
    <div className={styles['tiles']} role="radiogroup" aria-label={t('lock.people')}>
      {people.map(({ user_id, name, initials }, index) => {
        const checked = user_id === chosen
        return (
          <button
            key={user_id}
            type="button"
            role="radio"
            aria-checked={checked}
            tabIndex={checked || (chosen === null && index === 0) ? 0 : -1}
            className={styles['tile']}
            onClick={() => onChoose(user_id)}
          >
            <span className={styles['face']} aria-hidden>
              {initials}
            </span>
            <span className={styles['who']}>{name}</span>
          </button>
        )
      })}
    </div>
  )
}

/** The next or previous person, round and round; null: the key is not for the tiles. */
export function personAfter(people: readonly Tile[], chosen: string | null, key: string): string | null {
  if (people.length === 0 || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return null
  const at = people.findIndex(({ user_id }) => user_id === chosen)
  const next = key === 'ArrowRight' ? at + 1 : at < 0 ? people.length - 1 : at - 1
  return people[(next + people.length) % people.length]?.user_id ?? null
}
