import { useState } from 'react'
import { applyScript, previewScript } from '../../../shared/domain/planning/run-of-show-operations.ts'
import type { ScriptPreview } from '../../../shared/domain/planning/run-of-show-operations.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { LoadingSkeleton } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './RunOfShow.module.css'
import { eighthsText } from './run-of-show-rows.ts'

const codeOf = (code: string): string => code.replace(/^fdx\./, '')

/** What a script would bring in, scene by scene; nothing is written before it is confirmed. */
export function ScriptDialog({ mission, name, content, onClose }: { mission: string; name: string; content: string; onClose: () => void }) {
  const t = useT()
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const input = { mission_id: mission, file_name: name, content_base64: content, left_out: [...leftOut] }
  const asked = useAnswer(previewScript, input)
  const apply = useCommand(applyScript)
  const preview = asked.failure ? null : (asked.answer?.value ?? null)
  const count = preview ? preview.counts.create + preview.counts.update : 0
  const toggle = (key: string): void => setLeftOut(leftOut.includes(key) ? leftOut.filter((one) => one !== key) : [...leftOut, key])
  return (
    <Dialog
      open
      wide
      title={t('run_of_show.script_title', { name })}
      onClose={onClose}
      onSubmit={() => {
        if (!preview || count === 0) return
        void apply.run({ ...input, digest: preview.digest }).then((done) => {
          if (!done) return
          announce(t('run_of_show.script_done', { scenes: done.value.scenes, changed: done.value.changed_scenes, characters: done.value.characters }))
          onClose()
        })
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('run_of_show.script_apply', { count })} disabled={count === 0 || apply.pending} />
        </>
      }
    >
      <FormErrorSummary failure={apply.failure} />
      {asked.failure && <ScriptRefused failure={asked.failure} />}
      {asked.loading && !asked.failure && <LoadingSkeleton />}
      {preview && <Found preview={preview} leftOut={leftOut} onToggle={toggle} />}
    </Dialog>
  )
}

function ScriptRefused({ failure }: { failure: CallFailure }) {
  const t = useT()
  const textOf = useFailureText()
  return (
    <div role="alert" className={styles['problem']}>
      <p>{textOf.failure(failure)}</p>
      {failure.details.map((detail, index) => (
        <p key={index}>
          {detail.field?.startsWith('lines.') ? `${t('run_of_show.script_line', { line: detail.field.slice(6) })} ` : ''}
          {wordOf(t, 'run_of_show.fdx', codeOf(detail.issue))} {detail.found ?? ''}
        </p>
      ))}
    </div>
  )
}

function Found({ preview, leftOut, onToggle }: { preview: ScriptPreview; leftOut: readonly string[]; onToggle: (key: string) => void }) {
  const t = useT()
  return (
    <>
      <p>{t('run_of_show.script_counts', preview.counts)}</p>
      {preview.problems.length > 0 && (
        <ul className={styles['problems']}>
          {preview.problems.map((one, index) => (
            <li key={index}>
              {t('run_of_show.script_line', { line: one.line })} {wordOf(t, 'run_of_show.fdx', codeOf(one.code))} {one.found ?? ''}
            </li>
          ))}
        </ul>
      )}
      <div className={styles['preview']} tabIndex={0} role="group" aria-label={t('run_of_show.script_scenes')}>
        <table className={styles['found']}>
          <thead>
            <tr>
              <th scope="col">{t('run_of_show.script_take')}</th>
              <th scope="col">{t('run_of_show.column.number')}</th>
              <th scope="col">{t('run_of_show.column.set')}</th>
              <th scope="col">{t('run_of_show.column.eighths')}</th>
              <th scope="col">{t('run_of_show.script_what')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.scenes.map((scene) => (
              <tr key={scene.key}>
                <td>
                  <input type="checkbox" aria-label={t('run_of_show.script_take_scene', { number: scene.number ?? scene.heading })} checked={!leftOut.includes(scene.key)} disabled={scene.decision === 'skip' && !leftOut.includes(scene.key)} onChange={() => onToggle(scene.key)} />
                </td>
                <td>{scene.number}</td>
                <td>
                  {scene.heading}
                  <div className={styles['muted']}>{scene.characters.join(', ')}</div>
                </td>
                <td>{eighthsText(scene.eighths)}</td>
                <td>
                  {wordOf(t, 'run_of_show.decision', scene.decision)}
                  {scene.changes.map((change) => (
                    <div key={change.field} className={styles['muted']}>
                      {wordOf(t, 'run_of_show.column', change.field)} <s>{change.before ?? '—'}</s> → {change.after ?? '—'}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
            {preview.characters.map((character) => (
              <tr key={character.key}>
                <td>
                  <input type="checkbox" aria-label={t('run_of_show.script_take_role', { name: character.name })} checked={!leftOut.includes(character.key)} disabled={character.decision === 'skip' && !leftOut.includes(character.key)} onChange={() => onToggle(character.key)} />
                </td>
                <td>{character.number}</td>
                <td colSpan={2}>{t('run_of_show.script_role', { name: character.name, count: character.scenes })}</td>
                <td>{wordOf(t, 'run_of_show.decision', character.decision)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
