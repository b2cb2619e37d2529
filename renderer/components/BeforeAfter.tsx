import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'
import styles from './BeforeAfter.module.css'
import { mutedText } from './RowList.tsx'

/** Lines that are drawn; the others are counted. */
const LINES = 60

export interface ChangedLine {
  key: string
  name: ReactNode
  before: ReactNode
  after: ReactNode
}

/** Where a change of many is shown before it is made; of one height, whatever it says. */
export function ChangePreview({ stale, children }: { stale?: boolean; children: ReactNode }) {
  return (
    <div className={styles['preview']} aria-live="polite" data-stale={stale}>
      {children}
    </div>
  )
}

/** Each person as they are and as the change would leave them. */
export function BeforeAfter({ lines }: { lines: readonly ChangedLine[] }) {
  const t = useT()
  return (
    <>
      {lines.length > 0 && (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('person.name')}</th>
              <th scope="col">{t('people.change_before')}</th>
              <th scope="col">{t('people.change_after')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, LINES).map(({ key, name, before, after }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td>{before}</td>
                <td>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lines.length > LINES && <p className={mutedText}>{t('people.change_rest', { count: lines.length - LINES })}</p>}
    </>
  )
}
