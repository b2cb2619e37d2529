import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { listLayouts, resetLayout, saveLayout } from '../../../shared/domain/runsheets/layout-operations.ts'
import type { LayoutLine } from '../../../shared/domain/runsheets/layout-operations.ts'
import { sheetPhones, sheetSections } from '../../../shared/domain/runsheets/model.ts'
import { KEY_TIME_CODES } from '../../../shared/domain/runsheets/snapshot.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { listOf, orNull, textOf, useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { Select, TextArea } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

const MOST_KEY_TIMES = 8

/** What the sheets of each layout start with and print. */
export function LayoutsSection() {
  const t = useT()
  const url = useUrlState()
  const asked = useAnswer(listLayouts, {})
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={6} />
  const { items } = asked.answer.value
  const shown = items.find((one) => one.layout === url.get('layout')) ?? items[0]
  const may = asked.answer.can.has(saveLayout.name)
  if (!shown) return null
  return (
    <>
      <SectionHead title={t('settings.section.layouts')} about={t('layouts.about')} closed={!may} />
      <div className={styles['form']}>
        <Select label={t('layouts.layout')} value={shown.layout} choices={items.map(({ layout }) => ({ value: layout, label: wordOf(t, 'layouts.name', layout) }))} onChange={(layout) => url.set({ layout })} />
      </div>
      <LayoutForm key={shown.layout} line={shown} may={may} />
    </>
  )
}

const formOf = (line: LayoutLine) => ({ key_times: line.key_times, sections: line.sections, phones: line.phones, colours: line.revision_colours.join('\n'), legal_note: textOf(line.legal_note) })

function LayoutForm({ line, may }: { line: LayoutLine; may: boolean }) {
  const t = useT()
  const errors = useFailureText()
  const draft = useDraft(formOf(line), line.layout, 'sheet_layout_setting')
  const save = useCommand(saveLayout)
  const reset = useCommand(resetLayout)
  const apply = async (): Promise<void> => {
    const input = {
      layout: line.layout, version: line.version, key_times: draft.get('key_times'), sections: draft.get('sections'), phones: draft.get('phones'),
      revision_colours: listOf(draft.get('colours')), legal_note: orNull(draft.get('legal_note')),
    }
    if (!(await save.run(input))) return
    draft.clear()
    announce(t('settings.saved'))
  }
  const back = async (): Promise<void> => {
    if (await reset.run({ layout: line.layout })) draft.clear()
  }
  return (
    <form
      className={styles['form']}
      aria-label={wordOf(t, 'layouts.name', line.layout)}
      onSubmit={(event) => {
        event.preventDefault()
        void apply()
      }}
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={save.failure ?? reset.failure} />
      <h3>{t('layouts.key_times')}</h3>
      <p className={styles['muted']}>{t('layouts.key_times_about')}</p>
      <OrderedChoice
        label={t('layouts.key_times')} all={KEY_TIME_CODES} chosen={draft.get('key_times')} most={MOST_KEY_TIMES} least={1} may={may} nameOf={(code) => wordOf(t, 'key_time', code)}
        onChange={(codes) => draft.set('key_times', z.array(z.enum(KEY_TIME_CODES)).parse(codes))}
      />
      <h3>{t('layouts.sections')}</h3>
      <p className={styles['muted']}>{t('layouts.sections_about')}</p>
      <OrderedChoice
        label={t('layouts.sections')} all={sheetSections} chosen={draft.get('sections')} most={sheetSections.length} least={0} may={may} nameOf={(name) => wordOf(t, 'sheet.section', name)}
        onChange={(names) => draft.set('sections', z.array(z.enum(sheetSections)).parse(names))}
      />
      <h3>{t('layouts.rest')}</h3>
      {may ? (
        <>
          <Select label={t('layouts.phones')} hint={t('layouts.phones_hint')} value={draft.get('phones')} choices={sheetPhones.map((value) => ({ value, label: wordOf(t, 'layouts.phones', value) }))} onChange={(value) => draft.set('phones', sheetPhones.find((one) => one === value) ?? 'heads')} />
          <TextArea label={t('layouts.colours')} hint={t('layouts.colours_hint')} name="revision_colours" optional rows={5} value={draft.get('colours')} error={errors.field(save.failure, 'revision_colours')} onChange={(value) => draft.set('colours', value)} />
          <div className={styles['actions']}>
            {draft.get('colours') === '' && <Button small label={t('layouts.colours_usual')} onClick={() => draft.set('colours', t('layouts.colours_list'))} />}
          </div>
          <TextArea label={t('layouts.legal_note')} hint={t('layouts.legal_hint')} name="legal_note" optional rows={4} value={draft.get('legal_note')} onChange={(value) => draft.set('legal_note', value)} />
          <div className={styles['actions']}>
            <Button type="submit" kind="primary" label={t('settings.apply')} disabled={save.pending || !draft.dirty} />
            {draft.dirty && <Button label={t('settings.give_up')} onClick={() => draft.clear()} />}
            {line.id !== null && <Button kind="quiet" label={t('layouts.reset')} disabled={reset.pending} onClick={() => void back()} />}
          </div>
        </>
      ) : (
        <>
          <p>{wordOf(t, 'layouts.phones', line.phones)}</p>
          <p>{line.revision_colours.join(', ')}</p>
          <p className={styles['muted']}>{line.legal_note}</p>
        </>
      )}
    </form>
  )
}

interface OrderedChoiceProps {
  label: string
  all: readonly string[]
  chosen: readonly string[]
  most: number
  least: number
  may: boolean
  nameOf: (value: string) => string
  onChange: (values: string[]) => void
}

/** Some of a list, in an order: by buttons and by Alt+↑↓. */
function OrderedChoice({ label, all, chosen, most, least, may, nameOf, onChange }: OrderedChoiceProps) {
  const t = useT()
  const [added, setAdded] = useState('')
  const left = all.filter((value) => !chosen.includes(value))
  const move = (index: number, step: number): void => {
    const to = index + step
    const value = chosen[index]
    if (to < 0 || to >= chosen.length || value === undefined) return
    onChange(chosen.toSpliced(index, 1).toSpliced(to, 0, value))
    announce(t('settings.moved', { name: nameOf(value), position: to + 1 }))
  }
  return (
    <div className={styles['part']}>
      <ol className={styles['order']} aria-label={label}>
        {chosen.map((value, index) => (
          <li
            key={value}
            onKeyDown={(event) => {
              if (!may || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
              event.preventDefault()
              move(index, event.key === 'ArrowUp' ? -1 : 1)
            }}
          >
            <span>{nameOf(value)}</span>
            {may && (
              <>
                <Button small kind="quiet" iconOnly icon={ArrowUp} label={t('settings.up', { name: nameOf(value) })} disabled={index === 0} onClick={() => move(index, -1)} />
                <Button small kind="quiet" iconOnly icon={ArrowDown} label={t('settings.down', { name: nameOf(value) })} disabled={index === chosen.length - 1} onClick={() => move(index, 1)} />
                <Button small kind="quiet" iconOnly icon={X} label={t('layouts.leave_out', { name: nameOf(value) })} disabled={chosen.length <= least} onClick={() => onChange(chosen.filter((one) => one !== value))} />
              </>
            )}
          </li>
        ))}
      </ol>
      {may && left.length > 0 && chosen.length < most && (
        <div className={styles['custom']}>
          <Select label={t('layouts.add', { list: label })} value={added} choices={[{ value: '', label: '—' }, ...left.map((value) => ({ value, label: nameOf(value) }))]} onChange={setAdded} />
          <Button icon={Plus} label={t('action.add')} disabled={!left.includes(added)} onClick={() => (onChange([...chosen, added]), setAdded(''))} />
        </div>
      )}
    </div>
  )
}
