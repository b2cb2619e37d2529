import { useState } from 'react'
import type { KeptChoice } from '../../../shared/domain/sync/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useActions } from '../../app/actions.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { fieldWords } from '../audit/Changes.tsx'
import { AfterSaving } from './AfterSaving.tsx'
import type { Kept } from './kept.ts'
import { usePreview } from './preview.ts'
import styles from './Sync.module.css'
import { useAllKeys } from './use-all-keys.ts'
import { entityWords, valueWords } from './words.ts'

/** One removed what the other changed: what stands removed, comes back, or is made beside it. */
export function Removals({ kept, saving, onSave }: { kept: Kept; saving: string | null; onSave: (choice: KeptChoice) => void }) {
  const t = useT()
  const format = useFormat()
  const since = useSince()
  const mineRemoved = kept.removals.some(({ removed_by: by }) => by === 'mine')
  const offered = kept.choices
  const writer = kept.fields_of.find(({ by }) => by !== null)?.by ?? t('sync.theirs')
  const [chosen, setChosen] = useState<KeptChoice | null>(null)
  const preview = usePreview(chosen ? { id: kept.id, choice: chosen } : null)
  // Fields that are one choice come together: those that are the same on both sides say nothing here.
  const changed = kept.fields_of.filter(({ own, base, mine, theirs }) => own && JSON.stringify(base) !== JSON.stringify(mineRemoved ? theirs : mine))
  const pick = (index: number): void => setChosen(offered[index] ?? chosen)
  const save = (): void => {
    if (chosen) onSave(chosen)
  }
  useAllKeys((side) => pick(side === 'mine' ? 0 : 1))
  useActions([
    ...offered.map((choice, index) => ({ id: `kept.removal_${choice}`, label: wordOf(t, 'sync.removal', choice), keys: String(index + 1), run: () => pick(index) })),
    { id: 'kept.save', label: t('sync.save'), keys: 'mod+enter', run: save, ...(chosen ? {} : { off: t('sync.left', { count: 1 }) }) },
  ])
  return (
    <>
      <ul className={styles['what']}>
        {kept.removals.map((one) => (
          <li key={one.id}>
            {t(one.removed_by === 'mine' ? 'sync.removed_by_me' : 'sync.removed_by', { what: one.title ? t('sync.removed_what', { entity: entityWords(t, one.entity), title: one.title }) : entityWords(t, one.entity), name: one.by ?? writer, at: one.at && isInstant(one.at) ? since(one.at) : '' })}
          </li>
        ))}
      </ul>
      {changed.length > 0 && (
        <div className={styles['tableFrame']}>
          <table className={styles['fields']}>
            <caption className="visually-hidden">{t('sync.table')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('sync.field')}</th>
                <th scope="col">{t('sync.before')}</th>
                <th scope="col">{mineRemoved ? writer : t('sync.mine')}</th>
              </tr>
            </thead>
            <tbody>
              {changed.map((field) => (
                <tr key={`${field.id} ${field.field}`}>
                  <th scope="row">{fieldWords(t, field.field)}</th>
                  <td>{valueWords({ t, format, kept }, field, field.base)}</td>
                  <td>{valueWords({ t, format, kept }, field, mineRemoved ? field.theirs : field.mine)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <fieldset role="radiogroup" className={styles['removals']}>
        <legend>{t('sync.removal_question')}</legend>
        {offered.map((choice, index) => (
          <label key={choice} className={styles['removal']} data-chosen={chosen === choice}>
            <input type="radio" name="removal" checked={chosen === choice} onChange={() => setChosen(choice)} />
            <span>{wordOf(t, 'sync.removal', mineRemoved && choice === 'mine' ? 'remove' : mineRemoved && choice === 'theirs' ? 'keep' : choice)}</span>
            <kbd className={styles['key']} aria-hidden>{index + 1}</kbd>
          </label>
        ))}
      </fieldset>
      {chosen && <AfterSaving preview={preview} followers={kept.followers.length} writes={chosen !== 'theirs'} />}
      <footer className={styles['foot']}>
        <span className={styles['gap']} />
        <Button kind="primary" label={t('sync.save')} keys="Ctrl ⏎" disabled={!chosen || saving !== null} onClick={save} />
      </footer>
    </>
  )
}
