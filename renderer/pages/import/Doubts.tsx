import { GitMerge } from 'lucide-react'
import { useState } from 'react'
import { mergeCollaborators } from '../../../shared/domain/people/merge-operations.ts'
import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import type { Proposed } from './ChangesTable.tsx'
import { titleOf } from './ChangesTable.tsx'
import type { ImportSettings } from './import-file.ts'
import styles from './Import.module.css'
import type { StepProps } from './step-props.ts'

type KnownPerson = ImportPreviewAnswer['known_people'][number]
type Identity = NonNullable<ImportSettings['identities']>[number]

const NEW = 'new'
const SKIP = 'skip'

const choiceOf = (value: string): Identity['as'] => (value === NEW || value === SKIP ? { kind: value } : { kind: 'existing', id: value })
const textOf = (draft: Proposed['draft'], name: string): string => (typeof draft[name] === 'string' ? draft[name] : '')

/** Drawn at once; the others come as these are settled. */
const SHOWN = 100

/** People of the file whom the directory may know: someone says who they are, one by one or all at once. */
export function Doubts({ preview, settings, onSettings }: StepProps) {
  const t = useT()
  const [merging, setMerging] = useState<readonly KnownPerson[] | null>(null)
  const doubtful = preview.proposals.people.filter((one) => one.candidates.length > 0)
  if (doubtful.length === 0) return null
  const known = new Map(preview.known_people.map((person) => [person.id, person]))
  const said = new Map((settings.identities ?? []).map(({ key, as }) => [key, as]))
  const say = (choices: readonly { key: string; value: string }[]): void => {
    const next = new Map(said)
    for (const { key, value } of choices)
      if (value === '') next.delete(key)
      else next.set(key, choiceOf(value))
    onSettings({ ...settings, identities: [...next].map(([key, as]) => ({ key, as })) })
  }
  const open = doubtful.filter((one) => one.unsure)
  const lone = open.filter((one) => one.candidates.length === 1)
  return (
    <section className={styles['section']}>
      <h3>{t('import.doubts')}</h3>
      <p className={open.length > 0 ? styles['alert'] : mutedText} role="status">
        {t('import.doubts_left', { count: open.length })}
      </p>
      {open.length > 1 && (
        <div className={styles['actions']}>
          {lone.length > 0 && <Button small label={t('import.doubts_all_known', { count: lone.length })} onClick={() => say(lone.map((one) => ({ key: one.key, value: one.candidates[0] ?? NEW })))} />}
          <Button small label={t('import.doubts_all_new', { count: open.length })} onClick={() => say(open.map((one) => ({ key: one.key, value: NEW })))} />
          <Button small label={t('import.doubts_all_skip', { count: open.length })} onClick={() => say(open.map((one) => ({ key: one.key, value: SKIP })))} />
        </div>
      )}
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('import.doubts')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('import.in_file')}</th>
              <th scope="col">{t('import.who')}</th>
              <th scope="col">{t('import.in_directory')}</th>
            </tr>
          </thead>
          <tbody>
            {doubtful.slice(0, SHOWN).map((one) => {
              const name = titleOf(one.draft, new Map())
              const candidates = one.candidates.flatMap((id) => known.get(id) ?? [])
              const as = said.get(one.key)
              const value = as === undefined ? (one.unsure ? '' : (one.match?.id ?? NEW)) : as.kind === 'existing' ? as.id : as.kind
              return (
                <tr key={one.key}>
                  <td>
                    {name}
                    <div className={mutedText}>{[textOf(one.draft, 'email'), textOf(one.draft, 'phone'), textOf(one.draft, 'birth_date')].filter(Boolean).join(' · ')}</div>
                  </td>
                  <td>
                    <select aria-label={t('import.who_is', { name })} aria-invalid={value === ''} value={value} onChange={(event) => say([{ key: one.key, value: event.target.value }])}>
                      <option value="">{t('import.who_choose')}</option>
                      {candidates.map((person) => (
                        <option key={person.id} value={person.id}>
                          {t('import.who_existing', { name: [person.name, person.email ?? person.phone ?? person.crew_role].filter(Boolean).join(', ') })}
                        </option>
                      ))}
                      <option value={NEW}>{t('import.who_new')}</option>
                      <option value={SKIP}>{t('import.who_skip')}</option>
                    </select>
                  </td>
                  <td>
                    {candidates.map((person) => (
                      <div key={person.id}>
                        {person.name} <span className={mutedText}>{[person.email, person.phone, person.crew_role, person.birth_year].filter((part) => part !== null).join(' · ')}</span>
                      </div>
                    ))}
                    {candidates.length > 1 && preview.may.merge && <Button small icon={GitMerge} label={t('import.merge')} onClick={() => setMerging(candidates)} />}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {merging && <MergeDialog people={merging} onClose={() => setMerging(null)} />}
    </section>
  )
}

/** Two of the directory who are one person: the first is kept, what it lacks comes from the second. */
function MergeDialog({ people, onClose }: { people: readonly KnownPerson[]; onClose: () => void }) {
  const t = useT()
  const merge = useCommand(mergeCollaborators)
  const [kept, merged] = people
  if (!kept || !merged) return null
  const say = (person: KnownPerson): string => [person.name, person.email, person.phone, person.crew_role].filter(Boolean).join(', ')
  return (
    <ConfirmDialog
      title={t('import.merge_title')}
      about={t('import.merge_about', { kept: say(kept), merged: say(merged) })}
      action={t('import.merge')}
      pending={merge.pending}
      failure={merge.failure}
      onConfirm={() => void merge.run({ kept_id: kept.id, merged_id: merged.id }).then((answer) => answer && onClose())}
      onClose={onClose}
    />
  )
}
