import { Plus, X } from 'lucide-react'
import { forgetImport } from '../../../shared/domain/imports/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { ColumnRow } from './ColumnRow.tsx'
import { fieldsOfKind } from './fields.ts'
import { FileReading } from './FileReading.tsx'
import { withoutCells } from './import-file.ts'
import styles from './Import.module.css'
import type { StepProps } from './step-props.ts'

/** How the file is read, then what each of its columns means. */
export function StepColumns({ preview, kind, settings, onSettings }: StepProps & { kind: string }) {
  const t = useT()
  const refused = preview.columns.filter((column) => column.refused !== null)
  return (
    <>
      <Remembered preview={preview} settings={settings} onSettings={onSettings} />
      <FileReading preview={preview} settings={settings} onSettings={onSettings} />
      {preview.problems.length > 0 && (
        <div className={styles['notice']}>
          <p>{t('import.calendar_problems', { count: preview.problems.length })}</p>
          <ul>
            {preview.problems.slice(0, 20).map((problem, index) => (
              <li key={index}>{[t('import.at_line', { line: problem.line }), problem.title, problem.found].filter(Boolean).join(' · ')}</li>
            ))}
          </ul>
        </div>
      )}
      {preview.choices.map((choice) => (
        <p key={choice.field} className={styles['alert']} role="alert">
          {t('import.choice_of', { field: wordOf(t, 'import.field', choice.field), columns: choice.columns.map((column) => t('import.quoted', { text: preview.header[column] ?? String(column + 1) })).join(', ') })}
        </p>
      ))}
      {refused.length > 0 && <p className={styles['notice']}>{t('import.refused_columns', { columns: refused.map(({ header }) => t('import.quoted', { text: header })).join(', ') })}</p>}
      {preview.columns.length > 0 && (
        <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('import.mapping')}>
          <table className={`${styles['table']} ${styles['mapping']}`}>
            <thead>
              <tr>
                <th scope="col">{t('import.column')}</th>
                <th scope="col">{t('import.samples')}</th>
                <th scope="col">{t('import.field')}</th>
                <th scope="col">{t('import.transform')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.columns.map((column) => (
                <ColumnRow key={column.column} column={column} preview={preview} kind={kind} settings={settings} onSettings={onSettings} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {preview.columns.length > 0 && <Constants preview={preview} kind={kind} settings={settings} onSettings={onSettings} />}
    </>
  )
}

function Remembered({ preview, settings, onSettings }: StepProps) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const forget = useCommand(forgetImport)
  const { remembered } = preview
  if (!remembered) return null
  const day = isInstant(remembered.at) ? format.day(remembered.at.slice(0, 10)) : remembered.at
  const { recall, ...others } = settings
  const letGo = async (): Promise<void> => {
    if (await forget.run({ project_id: project.id, id: remembered.id })) onSettings(withoutCells(others))
  }
  return (
    <div className={styles['notice']} role="status">
      <p>{t(remembered.used ? 'import.remembered' : 'import.remembered_aside', { file: remembered.label ?? '', day })}</p>
      <FormErrorSummary failure={forget.failure} />
      <div className={styles['actions']}>
        {recall === false || settings.mapping ? (
          <Button small label={t('import.recall')} onClick={() => onSettings(withoutCells(others))} />
        ) : (
          <Button small label={t('import.recall_not')} onClick={() => onSettings({ ...others, recall: false })} />
        )}
        <Button small label={t('import.forget')} disabled={forget.pending} onClick={() => void letGo()} />
      </div>
    </div>
  )
}

/** One value for every row whose own cell is blank: a field that no column gives. */
function Constants({ preview, kind, settings, onSettings }: StepProps & { kind: string }) {
  const t = useT()
  const constants = settings.constants ?? []
  const taken = new Set([...constants.map(({ field }) => field)])
  const free = (fieldsOfKind[kind] ?? []).filter((field) => !taken.has(field))
  const set = (next: typeof constants): void => onSettings({ ...settings, mapping: settings.mapping ?? preview.mapping, constants: next })
  return (
    <div className={styles['constants']}>
      {constants.map(({ field, value }, index) => (
        <label key={field} className={styles['constant']}>
          <span>{t('import.constant_of', { field: wordOf(t, 'import.field', field) })}</span>
          <input
            key={`${field} ${value}`}
            defaultValue={value}
            autoFocus={value === ''}
            onBlur={(event) => event.target.value !== value && set(constants.map((one, at) => (at === index ? { field, value: event.target.value } : one)))}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          <Button small kind="quiet" iconOnly icon={X} label={t('import.constant_remove', { field: wordOf(t, 'import.field', field) })} onClick={() => set(constants.filter((_, at) => at !== index))} />
        </label>
      ))}
      <label className={styles['constant']}>
        <Plus size={14} aria-hidden />
        <span>{t('import.constant_add')}</span>
        <select value="" onChange={(event) => event.target.value && set([...constants, { field: event.target.value, value: '' }])}>
          <option value="">{t('import.constant_choose')}</option>
          {free.map((field) => (
            <option key={field} value={field}>
              {wordOf(t, 'import.field', field)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
