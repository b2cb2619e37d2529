import { Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { crewRoles, skills } from '../../../shared/domain/organization/operations.ts'
import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { withReplacement } from './fixes.ts'
import styles from './Import.module.css'
import type { StepProps } from './step-props.ts'

export type Cause = ImportPreviewAnswer['groups'][number]

const listFields: ReadonlySet<string> = new Set(['skills', 'tags', 'languages', 'persons'])
const FOUNDS_SHOWN = 8

/** One cause with its count: what was found, what to put instead in all of its rows at once. */
export function CauseRow({ group, preview, settings, onSettings }: StepProps & { group: Cause }) {
  const t = useT()
  const column = group.field === null ? -1 : preview.mapping.findIndex((field) => field === group.field)
  const item = group.field !== null && listFields.has(group.field)
  const rows = new Map(preview.rows.map((row) => [row.index, row]))
  /** A cause is corrected in its column where the cells hold what was found; elsewhere the table is the place. */
  const held = (found: string): boolean =>
    column >= 0 && group.rows.some((index) => {
      const cell = rows.get(index)?.cells[column]?.trim() ?? null
      return cell !== null && (cell === found.trim() || (item && found.trim() !== '' && cell.includes(found.trim())))
    })
  const founds = group.founds.filter(({ found }) => held(found))
  const fix = (pairs: readonly { found: string; value: string }[]): void =>
    onSettings({ ...settings, replacements: pairs.reduce((list, { found, value }) => withReplacement(list, { column, found, value, ...(item && found.trim() !== '' ? { item: true as const } : {}) }), settings.replacements ?? []) })
  const constant = (value: string): void => {
    if (group.field === null) return
    const others = (settings.constants ?? []).filter(({ field }) => field !== group.field)
    onSettings({ ...settings, mapping: settings.mapping ?? preview.mapping, constants: [...others, { field: group.field, value }] })
  }
  const isBlank = group.founds.every(({ found }) => found.trim() === '')
  const names = group.field === 'crew_role' ? preview.names.crew_role : group.field === 'skills' ? preview.names.skills : []
  return (
    <li className={styles['cause']}>
      <div className={styles['causeHead']}>
        <ConflictBadge severity={group.severity === 'error' ? 'severe' : 'warning'} text={t('import.group_count', { count: group.count })} />
        <span>{group.message}</span>
      </div>
      {founds.slice(0, FOUNDS_SHOWN).map(({ found, count }) => (
        <FixLine
          key={found}
          label={found.trim() === '' ? t('import.fix_blank', { field: wordOf(t, 'import.field', group.field ?? '') }) : t('import.quoted', { text: found })}
          button={t('import.fix', { count })}
          names={names}
          onFix={(value) => fix([{ found, value }])}
          {...(found.trim() === '' ? {} : { clear: t('import.fix_clear', { count }) })}
          {...(preview.may.catalogue && found.trim() !== '' && (group.field === 'crew_role' || group.field === 'skills') ? { create: { name: found, of: group.field } } : {})}
        />
      ))}
      {founds.length > 1 && <FixLine label={t('import.fix_all_label', { count: founds.length })} button={t('import.fix', { count: founds.reduce((sum, { count }) => sum + count, 0) })} names={names} onFix={(value) => fix(founds.map(({ found }) => ({ found, value })))} />}
      {column === -1 && isBlank && group.field !== null && <FixLine label={t('import.fix_constant', { field: wordOf(t, 'import.field', group.field) })} button={t('import.fix', { count: group.count })} names={names} onFix={constant} />}
      {founds.length === 0 && !(column === -1 && isBlank && group.field !== null) && group.severity === 'error' && <p className={styles['hint']}>{t('import.fix_in_grid')}</p>}
    </li>
  )
}

interface FixLineProps {
  label: string
  button: string
  /** Names to choose from; none: free text. */
  names: readonly string[]
  onFix: (value: string) => void
  /** What could be added to the catalogue as it was found. */
  /** Words of the button that empties the cells. */
  clear?: string
  create?: { name: string; of: 'crew_role' | 'skills' }
}

function FixLine({ label, button, names, onFix, clear, create }: FixLineProps) {
  const t = useT()
  const id = useId()
  const [value, setValue] = useState('')
  const addRole = useCommand(crewRoles.create)
  const addSkill = useCommand(skills.create)
  const send = (): void => {
    if (value.trim() !== '') onFix(value.trim())
  }
  const add = (name: string, of: 'crew_role' | 'skills'): void => void (of === 'crew_role' ? addRole.run({ name }) : addSkill.run({ name }))
  return (
    <>
      <form
        className={styles['fix']}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <label htmlFor={id}>{label}</label>
        <span aria-hidden>→</span>
        {names.length > 0 ? (
          <select id={id} value={value} onChange={(event) => setValue(event.target.value)}>
            <option value="">{t('import.fix_choose')}</option>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <input id={id} value={value} onChange={(event) => setValue(event.target.value)} placeholder={t('import.fix_with')} />
        )}
        <Button type="submit" small label={button} disabled={value.trim() === ''} />
        {clear && <Button small label={clear} onClick={() => onFix('')} />}
        {create && <Button small icon={Plus} label={t(create.of === 'crew_role' ? 'import.create_role' : 'import.create_skill', { name: create.name })} disabled={addRole.pending || addSkill.pending} onClick={() => add(create.name, create.of)} />}
      </form>
      <FormErrorSummary failure={addRole.failure ?? addSkill.failure} />
    </>
  )
}
