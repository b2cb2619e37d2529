import { useState } from 'react'
import { castRoles } from '../../../shared/domain/planning/run-of-show-operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { PeoplePicker } from '../../components/PeoplePicker.tsx'
import { mutedText, RowList } from '../../components/RowList.tsx'
import { PanelSection } from '../../components/SidePanel.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './RunOfShow.module.css'
import type { RunOfShow } from './run-of-show-rows.ts'

/** Characters of the project with their number and who plays them. */
export function CastSection({ project, mission, cast, mayEdit }: { project: string; /** Who is free is said for its hours. */ mission: string; cast: RunOfShow['cast']; mayEdit: boolean }) {
  const t = useT()
  const create = useCommand(castRoles.create)
  const remove = useCommand(castRoles.remove)
  const update = useCommand(castRoles.update)
  const [name, setName] = useState('')
  const [casting, setCasting] = useState<string | null>(null)
  const role = cast.find((one) => one.id === casting)
  return (
    <div className={styles['cast']}>
      <PanelSection title={t('run_of_show.cast')}>
        <FormErrorSummary failure={create.failure ?? remove.failure ?? update.failure} />
        <RowList
          none={t('run_of_show.cast_none')}
          removeLabel={t('action.remove')}
          onRemove={mayEdit ? (id) => void remove.run({ id }) : undefined}
          rows={cast.map((one) => ({
            id: one.id,
            name: one.name,
            content: (
              <>
                <strong>{one.number}</strong> {one.name} <span className={mutedText}>{t('run_of_show.cast_line', { player: one.player ?? t('run_of_show.uncast'), count: one.scenes })}</span>{' '}
                {mayEdit && <Button small kind="quiet" label={t('run_of_show.choose_player')} aria-label={t('run_of_show.choose_player_of', { name: one.name })} onClick={() => setCasting(one.id)} />}
              </>
            ),
          }))}
        />
        {role && (
          <PeoplePicker
            label={t('run_of_show.player_of', { name: role.name })}
            autoFocus
            mission={mission}
            value={role.collaborator_id ? { id: role.collaborator_id, display_name: role.player ?? '—' } : null}
            onPick={(person) => void update.run({ id: role.id, version: role.version, changes: { collaborator_id: person?.id ?? null } }).then((done) => done && setCasting(null))}
          />
        )}
        {mayEdit && (
          <form
            className={styles['new']}
            onSubmit={(event) => {
              event.preventDefault()
              if (name.trim()) void create.run({ project_id: project, name: name.trim() }).then((done) => done && setName(''))
            }}
          >
            <input aria-label={t('run_of_show.new_role')} placeholder={t('run_of_show.new_role')} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
            <Button type="submit" small label={t('action.add')} disabled={name.trim() === '' || create.pending} />
          </form>
        )}
      </PanelSection>
    </div>
  )
}
