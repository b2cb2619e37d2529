import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import { clockChange, deltaText } from './proposal-words.ts'
import type { ClockChange, ProposedMove } from './proposal-words.ts'
import styles from './ProposalBar.module.css'

/** `Karim Benali · Démontage  23:45 → 00:30  fin 02:15 → 03:00 UTC+1  +45 min`: both persons where one takes the other's place. */
export function MoveWords({ move: { bar, start, end, person } }: { move: ProposedMove }) {
  const t = useT()
  const format = useFormat()
  const { zone, title } = bar.mission
  const from = clockChange(format, zone, bar.start, start)
  const to = clockChange(format, zone, bar.end, end)
  const offsets = new Set([from.fromOffset, from.toOffset, to.fromOffset, to.toOffset])
  const each = offsets.size > 1
  const moved = start !== bar.start || end !== bar.end
  return (
    <span className={styles['move']}>
      <span>
        {person ? (
          <>
            <s className="visually-hidden">{t('proposal.instead', { name: person.name, former: bar.person.name })}</s>
            <s aria-hidden>{bar.person.name}</s> <span aria-hidden>→</span> <strong aria-hidden>{person.name}</strong>
          </>
        ) : (
          <strong>{bar.person.name}</strong>
        )}{' '}
        · {title}
      </span>
      {start !== bar.start && <Change change={from} each={each} />}
      {end !== bar.end && (
        <span>
          {t('proposal.end')} <Change change={to} each={each} />
        </span>
      )}
      {moved && !each && <span className={styles['muted']}>{to.toOffset}</span>}
      {moved && <span className={styles['delta']}>{deltaText(t, start === bar.start ? bar.end : bar.start, start === bar.start ? end : start, zone)}</span>}
    </span>
  )
}

function Change({ change: { from, to, fromDay, toDay, fromOffset, toOffset }, each }: { change: ClockChange; each: boolean }) {
  const t = useT()
  return (
    <span>
      <span className="visually-hidden">{t('proposal.from')} </span>
      <s>
        {[fromDay, from].filter(Boolean).join(' ')}
        {each && fromOffset !== toOffset && ` ${fromOffset}`}
      </s>{' '}
      <span aria-hidden>→</span>
      <span className="visually-hidden"> {t('proposal.to')} </span> <strong>{[toDay, to].filter(Boolean).join(' ')}</strong>
      {each && <span className={styles['muted']}> {toOffset}</span>}
    </span>
  )
}
