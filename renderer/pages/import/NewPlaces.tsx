import { PlacePicker } from '../../components/PlacePicker.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import { withReplacement } from './fixes.ts'
import styles from './Import.module.css'
import type { StepProps } from './step-props.ts'

/** Places that the file names and nobody knows: made, or one that exists under another name. */
export function NewPlaces({ preview, settings, onSettings }: StepProps) {
  const t = useT()
  const column = preview.mapping.indexOf('location')
  const places = preview.proposals.locations.filter((one) => one.decision === 'create')
  if (column === -1 || preview.columns.length === 0 || places.length === 0 || preview.names.location.length === 0) return null
  return (
    <details className={styles['section']}>
      <summary>
        <h3>{t('import.new_places', { count: places.length })}</h3>
      </summary>
      <ul className={styles['causes']}>
        {places.map((one) => {
          const name = String(one.draft['name'])
          return (
            <li key={one.key} className={styles['fix']}>
              <span>
                {name} <span className={mutedText}>{t('import.group_count', { count: one.rows.length })}</span>
              </span>
              <span aria-hidden>→</span>
              <PlacePicker
                label={t('import.place_of', { name })}
                quiet
                placeholder={t('import.place_new')}
                value={null}
                onPick={(place) => place && onSettings({ ...settings, replacements: withReplacement(settings.replacements ?? [], { column, found: name, value: place.name }) })}
              />
            </li>
          )
        })}
      </ul>
    </details>
  )
}
