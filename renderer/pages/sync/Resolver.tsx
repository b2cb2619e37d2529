import { ChevronDown, ChevronRight, Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { resolveKept, type KeptChoice } from '../../../shared/domain/sync/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useActions } from '../../app/actions.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { fieldWords } from '../audit/Changes.tsx'
import { AfterSaving } from './AfterSaving.tsx'
import { allOn, decisionOf, remaining, unitsOf } from './choices.ts'
import type { Choices, Side, Unit } from './choices.ts'
import { exportKept } from './export-kept.ts'
import { FieldTable } from './FieldTable.tsx'
import type { Kept } from './kept.ts'
import { usePreview } from './preview.ts'
import type { Preview } from './preview.ts'
import { Refused } from './Refused.tsx'
import { Removals } from './Removals.tsx'
import styles from './Sync.module.css'
import { useAllKeys } from './use-all-keys.ts'
import { Versions } from './Versions.tsx'
import { entityWords, operationWords, valueWords, whyWords } from './words.ts'

const initialsOf = (title: string): string => title.split(/\s+/).slice(0, 2).map((word) => word[0] ?? '').join('').toUpperCase()

interface ResolverProps {
  kept: Kept
  choices: Choices
  onChoices: (choices: Choices) => void
  /** Saved: goes on to the next. */
  onDone: () => void
}

/** One kept command: who, when and where, what disagrees, what a choice comes to. */
export function Resolver({ kept, choices, onChoices, onDone }: ResolverProps) {
  const t = useT()
  const since = useSince()
  const theirs = kept.fields_of.find(({ disputed, by }) => disputed && by !== null)
  const title = kept.about?.title ?? operationWords(t, kept.name)
  const [saving, setSaving] = useState<string | null>(null)
  const resolve = useCommand(resolveKept)
  const textOf = useFailureText()
  const save = async (choice: KeptChoice, more: object = {}): Promise<void> => {
    setSaving(choice)
    const answer = await resolve.run({ id: kept.id, choice, stamp: kept.stamp, ...more })
    setSaving(null)
    if (!answer) return
    announce(t('sync.saved', { title }))
    onDone()
  }
  const letGo = kept.outcome !== 'conflict'
  return (
    <section className={styles['resolver']} data-region="panel" aria-labelledby="kept-title">
      <header className={styles['head']}>
        <span className={styles['avatar']} aria-hidden>{initialsOf(title)}</span>
        <div>
          <h2 id="kept-title">{title}</h2>
          <p>
            {kept.outcome === 'conflict' && kept.removals.length === 0 && theirs?.at && isInstant(theirs.at) && isInstant(kept.issued_at)
              ? t('sync.head', { mine: kept.mine ? 'yes' : 'no', issuer: kept.issuer_name, at: since(kept.issued_at), name: theirs.by ?? '', their: since(theirs.at) })
              : [operationWords(t, kept.name), isInstant(kept.issued_at) ? since(kept.issued_at) : '', letGo ? '' : whyWords(t, kept)].filter(Boolean).join(' · ')}
          </p>
          <p className={styles['muted']}>
            {kept.about ? `${entityWords(t, kept.about.entity)} · ` : ''}
            {t('sync.device', { name: kept.issuer_name, device: kept.device.slice(0, 24) })}
          </p>
        </div>
        <Button small icon={Download} label={t('sync.export_one')} onClick={() => void exportKept(kept)} />
      </header>
      {kept.decided && (
        <ReadOnlyStrip text={t('sync.decided_by', { by: kept.decided.by, at: isInstant(kept.decided.at) ? since(kept.decided.at) : '', decision: wordOf(t, 'sync.decision', kept.decided.decision) })} note />
      )}
      {!kept.mine && !kept.decided && <ReadOnlyStrip text={t('sync.of_other', { name: kept.issuer_name })} note />}
      {resolve.failure && (
        <p className={styles['refusal']} role="alert">
          {textOf.failure(resolve.failure)} {t('sync.still_there')}
        </p>
      )}
      {kept.removals.length > 0 && !kept.decided ? (
        <Removals kept={kept} saving={saving} onSave={(choice) => void save(choice)} />
      ) : letGo ? (
        <Refused key={kept.id} kept={kept} saving={saving} onSave={(choice, input) => void save(choice, input ? { input } : {})} />
      ) : (
        <Disputed kept={kept} choices={choices} saving={saving} theirsName={theirs?.by ?? null} onChoices={onChoices} onSave={(choice, more) => void save(choice, more)} />
      )}
    </section>
  )
}

/** Known before anything is chosen: the sheets concerned. What comes and goes depends on the choice. */
const before = (preview: Preview): Preview => ({ ...preview, refusal: null, broken: [], mended: [], effects: [] })

interface DisputedProps {
  kept: Kept
  choices: Choices
  saving: string | null
  /** Null: nobody in particular. */
  theirsName: string | null
  onChoices: (choices: Choices) => void
  onSave: (choice: KeptChoice, more: object) => void
}

function Disputed({ kept, choices, saving, theirsName, onChoices, onSave }: DisputedProps) {
  const t = useT()
  const format = useFormat()
  const { units, merged } = unitsOf(kept)
  const [at, setAt] = useState(0)
  const [showMerged, setShowMerged] = useState(false)
  // Decided, there is no other side any more: what stands.
  const other = theirsName ?? t(kept.decided ? 'sync.stands' : 'sync.theirs')
  const apart = kept.choices.includes('fields')
  const readOnly = kept.choices.length === 0
  const left = remaining(units, choices)
  // One command that cannot be taken apart has no field of its own to choose: without fields it goes whole.
  const decision = units.length === 0 ? (choices['whole'] ? { choice: choices['whole'].side === 'mine' ? 'mine' as const : 'theirs' as const } : null) : decisionOf(units, choices, kept.choices)
  const previewMine = usePreview(kept.choices.includes('mine') ? { id: kept.id, choice: 'mine' } : null)
  const preview = usePreview(decision ? { id: kept.id, ...decision } : null)
  const refused = decision !== null && preview?.refusal != null
  const window = units.find(({ fields }) => fields.some(({ field }) => field === 'start_at') && fields.some(({ field }) => field === 'end_at'))
  const choose = (unit: Unit, side: Side, values?: Readonly<Record<string, unknown>>): void => {
    if (!apart && (side === 'mine' || side === 'theirs')) onChoices(allOn(units, side))
    else onChoices({ ...choices, [unit.key]: values ? { side, values } : { side } })
  }
  const all = (side: 'mine' | 'theirs'): void => {
    if (readOnly || (side === 'mine' && !kept.choices.includes('mine'))) return
    onChoices(units.length === 0 ? { whole: { side } } : allOn(units, side))
  }
  useAllKeys(all)
  const current = units[at]
  const third = (): void => {
    const [field] = current?.shown ?? []
    if (!current || !apart || !field) return
    if (field.text) choose(current, 'both', { [field.field]: field.combined ?? field.mine })
    else if (current.shown.every(({ typed }) => typed === 'number' || typed === 'time')) choose(current, 'typed', Object.fromEntries(current.shown.map((one) => [one.field, one.mine])))
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#unit-${at} input:not([type=radio]), #unit-${at} textarea`)?.focus())
  }
  const reach = (index: number): void => {
    const to = Math.max(0, Math.min(units.length - 1, index))
    setAt(to)
    const row = document.getElementById(`unit-${to}`)
    ;(row?.querySelector<HTMLElement>('input[type=radio]:checked') ?? row?.querySelector<HTMLElement>('input[type=radio]'))?.focus()
  }
  const save = (): void => {
    if (decision) onSave(decision.choice, 'fields' in decision ? { fields: decision.fields } : {})
  }
  const off = readOnly ? { off: t('sync.read_only') } : {}
  useActions([
    { id: 'kept.mine', label: t('sync.key_mine'), keys: '1', run: () => current && choose(current, 'mine'), ...off },
    { id: 'kept.theirs', label: t('sync.key_theirs'), keys: '2', run: () => current && choose(current, 'theirs'), ...off },
    { id: 'kept.both', label: t('sync.key_both'), keys: '3', run: third, ...off },
    { id: 'kept.field_next', label: t('sync.key_next_field'), keys: 'ArrowDown', run: () => reach(at + 1) },
    { id: 'kept.field_previous', label: t('sync.key_previous_field'), keys: 'ArrowUp', run: () => reach(at - 1) },
    { id: 'kept.save', label: t('sync.save'), keys: 'mod+enter', run: save, ...(refused ? { off: t('sync.refused_choice') } : decision ? off : { off: t('sync.left', { count: left }) }) },
  ])
  const first = units.findIndex(({ disputed }) => disputed)
  useEffect(() => setAt(Math.max(0, first)), [kept.id, first])
  return (
    <>
      {units.length > 0 ? (
        <FieldTable kept={kept} units={units} choices={choices} at={at} theirsName={other} apart={apart} readOnly={readOnly} previewMine={previewMine} onChoose={choose} onReach={setAt} />
      ) : (
        <p>{t('sync.whole', { operation: operationWords(t, kept.name) })}</p>
      )}
      {merged.length > 0 && (
        <div>
          <button type="button" className={styles['mergedToggle']} aria-expanded={showMerged} onClick={() => setShowMerged(!showMerged)}>
            {showMerged ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
            {t('sync.merged_fields', { count: merged.length })}
          </button>
          {showMerged && (
            <ul className={styles['mergedFields']}>
              {merged.map((field) => (
                <li key={`${field.id} ${field.field}`}>
                  <strong>{fieldWords(t, field.field)}</strong> {valueWords({ t, format, kept }, field, field.base)} → {valueWords({ t, format, kept }, field, field.theirs)}
                  {field.by && <span className={styles['muted']}> · {field.by}</span>}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {window && <Versions unit={window} choices={choices} zone={kept.zone} theirs={other} />}
      {!readOnly && <AfterSaving preview={preview ?? (previewMine && before(previewMine))} followers={kept.followers.length} writes={preview ? preview.commands > 0 : decision?.choice !== 'theirs'} />}
      {!readOnly && (
        <footer className={styles['foot']}>
          {kept.choices.includes('mine') && <Button label={t('sync.all_mine')} aria-pressed={units.length === 0 ? choices['whole']?.side === 'mine' : undefined} keys={t('sync.shift_key', { key: 1 })} onClick={() => all('mine')} />}
          <Button label={theirsName === null ? t('sync.leave_as_is') : t('sync.all_theirs', { name: theirsName.split(' ')[0] ?? theirsName })} aria-pressed={units.length === 0 ? choices['whole']?.side === 'theirs' : undefined} keys={t('sync.shift_key', { key: 2 })} onClick={() => all('theirs')} />
          <span className={styles['gap']} />
          <span className={styles['left']} role="status">{left > 0 ? t('sync.left', { count: left }) : ''}</span>
          <Button kind="primary" label={t('sync.save')} keys="Ctrl ⏎" disabled={!decision || refused || saving !== null} onClick={save} />
        </footer>
      )}
    </>
  )
}
