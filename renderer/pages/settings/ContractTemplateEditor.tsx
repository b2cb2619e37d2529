import { ArrowDown, ArrowLeft, ArrowUp, Copy, Plus, X } from 'lucide-react'
import { Suspense, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { archiveTemplate, updateTemplate } from '../../../shared/domain/contracts/operations.ts'
import { previewTemplate } from '../../../shared/domain/contracts/template-queries.ts'
import { bytesFromBase64 } from '../../app/files.ts'
import { chunk } from '../../app/page-chunks.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { fieldId, Select, TextArea, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formKeys } from '../../components/form-keys.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { freeId, moved, withVariable } from './contract-templates.ts'
import type { Clause, OwnTemplate } from './contract-templates.ts'
import { SectionHead } from './SectionHead.tsx'
import own from './ContractTemplates.module.css'
import styles from './Settings.module.css'

const PdfPreview = chunk(async () => (await import('../../components/PdfPreview.tsx')).PdfPreview)

/** Drawn again once nobody has typed for this long. */
const PAUSE_MS = 400

interface EditorProps {
  template: OwnTemplate & { own: boolean }
  /** Clauses that ship for its kind and language: those it lacks can be added. */
  shipped: readonly Clause[]
  variables: readonly string[]
  may: boolean
  copying: boolean
  onCopy: () => void
  onOpen: (id: string) => void
  onClose: () => void
}

/** One template: its clauses in their order, what they name wrongly, and the paper they make with invented facts. */
export function ContractTemplateEditor({ template, shipped, variables, may, copying, onCopy, onOpen, onClose }: EditorProps) {
  const t = useT()
  const draft = useDraft({ name: template.name, clauses: template.clauses }, template.id, 'contract_template')
  const update = useCommand(updateTemplate)
  const [open, setOpen] = useState<string | null>(null)
  const clauses = draft.get('clauses')
  const seen = usePreview({ kind: template.kind, language: template.language, clauses })
  const writes = may && template.own && template.state === 'active'
  const clause = clauses.find(({ id }) => id === open)
  const titleOf = (id: string | null): string => clauses.find((one) => one.id === id)?.title ?? id ?? ''
  const change = (next: Clause[]): void => draft.set('clauses', next)
  const apply = async (): Promise<void> => {
    if (!draft.dirty) return
    const sent = draft.changes
    const saved = await update.run({ id: template.id, version: template.version, changes: sent })
    if (!saved) return
    draft.clear(sent)
    announce(t('settings.saved'))
    if (saved.value.id !== template.id) onOpen(saved.value.id)
  }
  return (
    <>
      <SectionHead
        title={`${template.name} · ${t('contract_settings.version_number', { number: template.number })}`}
        about={`${wordOf(t, 'contracts.kind', template.kind)}, ${wordOf(t, 'settings.language', template.language)}`}
        closed={!may}
        actions={<Button kind="quiet" icon={ArrowLeft} label={t('contract_settings.back')} onClick={onClose} />}
      />
      {may || <Button kind="quiet" icon={ArrowLeft} label={t('contract_settings.back')} onClick={onClose} />}
      {may && !template.own && <ReadOnlyStrip note text={t('contract_settings.shipped_note')} />}
      {may && template.state === 'archived' && <ReadOnlyStrip text={t('contract_settings.archived_note')} />}
      {writes && template.used_at !== null && <ReadOnlyStrip note text={t('contract_settings.used_note', { number: template.number + 1 })} />}
      <div className={own['wide']}>
        <form
          className={own['side']}
          aria-label={template.name}
          {...formKeys(apply)}
        >
          <DraftLine draft={draft} />
          <FormErrorSummary failure={update.failure} />
          <Problems problems={seen.problems} unread={seen.unread} titleOf={titleOf} onOpen={setOpen} />
          {writes && <TextField label={t('templates.name')} name="name" required maxLength={120} value={draft.get('name')} onChange={(name) => draft.set('name', name)} />}
          <ClauseList clauses={clauses} open={open} wrong={new Set(seen.problems.map((one) => one.clause))} writes={writes} onOpen={(id) => setOpen(id === open ? null : id)} onChange={change}>
            {clause && (
              <ClauseForm
                key={clause.id} clause={clause} writes={writes} variables={variables} examples={seen.examples} problems={seen.problems.filter((one) => one.clause === clause.id)}
                onChange={(next) => change(clauses.map((one) => (one.id === clause.id ? next : one)))}
              />
            )}
          </ClauseList>
          {writes && <AddClause clauses={clauses} shipped={shipped} onAdd={(added) => (change([...clauses, added]), setOpen(added.id))} />}
          <div className={styles['actions']}>
            {writes && <Button type="submit" kind="primary" label={template.used_at === null ? t('settings.apply') : t('contract_settings.make_version', { number: template.number + 1 })} keys="Ctrl ↵" disabled={update.pending || !draft.dirty || seen.problems.length > 0} />}
            {writes && draft.dirty && <Button label={t('settings.give_up')} onClick={() => draft.clear()} />}
            {may && <Button icon={Copy} label={t('contract_settings.copy')} disabled={copying} onClick={onCopy} />}
            {writes && <Archiving template={template} onDone={() => (draft.clear(), onClose())} />}
          </div>
        </form>
        <div className={own['paper']}>
          <p className={styles['muted']}>{seen.behind ? t('contract_settings.paper_behind') : t('contract_settings.paper')}</p>
          {seen.failure ? (
            <ErrorState failure={seen.failure} onRetry={seen.retry} />
          ) : (
            <Suspense fallback={<LoadingSkeleton />}>
              <PdfPreview bytes={seen.bytes} />
            </Suspense>
          )}
        </div>
      </div>
    </>
  )
}

/** The paper of what is typed; while that cannot be read, the last that could stays drawn. */
function usePreview(input: { kind: OwnTemplate['kind']; language: OwnTemplate['language']; clauses: readonly Clause[] }) {
  const text = JSON.stringify(input)
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const asked = useAnswer(previewTemplate, JSON.parse(settled) as { kind: OwnTemplate['kind']; language: OwnTemplate['language']; clauses: Clause[] }, { keep: true })
  const value = asked.answer?.value
  const drawn = value?.base64 ?? null
  const bytes = useMemo(() => (drawn === null ? null : bytesFromBase64(drawn)), [drawn])
  return { bytes, problems: value?.problems ?? [], unread: value?.unread ?? [], examples: value?.examples ?? {}, behind: value !== undefined && value.base64 === null, failure: asked.failure, retry: asked.retry }
}
type Seen = ReturnType<typeof usePreview>

const issueWords = (t: Translate, { issue, name }: Seen['problems'][number]): string => {
  const key = `issue.${issue.replaceAll('.', '_')}`
  return isKey(key) ? t(key, { found: name ?? '' }) : `${issue} ${name ?? ''}`
}

function Problems({ problems, unread, titleOf, onOpen }: Pick<Seen, 'problems' | 'unread'> & { titleOf: (id: string | null) => string; onOpen: (id: string) => void }) {
  const t = useT()
  if (problems.length === 0 && unread.length === 0) return null
  return (
    <ul className={own['problems']} role="status" aria-label={t('contract_settings.problems')}>
      {problems.map((one, index) => {
        const { clause } = one
        return (
          <li key={`${clause} ${one.name} ${index}`} data-problem={one.issue}>
            {t('contract_settings.problem_in', { clause: titleOf(clause), what: issueWords(t, one) })} {clause !== null && <Button small kind="quiet" label={t('contract_settings.open')} aria-label={t('contract_settings.open_one', { name: titleOf(clause) })} onClick={() => onOpen(clause)} />}
          </li>
        )
      })}
      {unread.map(({ key, article }) => {
        const named = `contract_editor.mention.${key}`
        return (
          <li key={key} data-unread={key}>
            {t('contract_settings.unread', { mention: isKey(named) ? t(named) : key })} {article !== null && <span className={styles['muted']}>{article}</span>}
          </li>
        )
      })}
    </ul>
  )
}

interface ClauseListProps {
  clauses: readonly Clause[]
  open: string | null
  wrong: ReadonlySet<string | null>
  writes: boolean
  onOpen: (id: string) => void
  onChange: (clauses: Clause[]) => void
  /** Of the clause that is open. */
  children: ReactNode
}

/** Clauses in their order: by buttons and by Alt+↑↓. */
function ClauseList({ clauses, open, wrong, writes, onOpen, onChange, children }: ClauseListProps) {
  const t = useT()
  const move = (index: number, step: number): void => {
    const to = index + step
    if (to < 0 || to >= clauses.length) return
    onChange(moved(clauses, index, step))
    announce(t('settings.moved', { name: clauses[index]?.title ?? '', position: to + 1 }))
  }
  return (
    <ol className={own['order']} aria-label={t('contract_settings.clauses')}>
      {clauses.map((one, index) => (
        <li
          key={one.id}
          data-clause={one.id}
          data-open={open === one.id}
          data-wrong={wrong.has(one.id)}
          onKeyDown={(event) => {
            if (!writes || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            move(index, event.key === 'ArrowUp' ? -1 : 1)
          }}
        >
          <button type="button" className={own['name']} aria-expanded={open === one.id} onClick={() => onOpen(one.id)}>
            {index + 1}. {one.title || t('contract_settings.untitled')}
          </button>
          {writes && (
            <>
              <Button small kind="quiet" iconOnly icon={ArrowUp} label={t('settings.up', { name: one.title })} disabled={index === 0} onClick={() => move(index, -1)} />
              <Button small kind="quiet" iconOnly icon={ArrowDown} label={t('settings.down', { name: one.title })} disabled={index === clauses.length - 1} onClick={() => move(index, 1)} />
              <Button small kind="quiet" iconOnly icon={X} label={t('contract_settings.remove', { name: one.title })} disabled={clauses.length === 1} onClick={() => onChange(clauses.filter(({ id }) => id !== one.id))} />
            </>
          )}
          {open === one.id && children}
        </li>
      ))}
    </ol>
  )
}

interface ClauseFormProps {
  clause: Clause
  writes: boolean
  variables: readonly string[]
  examples: Readonly<Record<string, string>>
  problems: Seen['problems']
  onChange: (clause: Clause) => void
}

function ClauseForm({ clause, writes, variables, examples, problems, onChange }: ClauseFormProps) {
  const t = useT()
  const [chosen, setChosen] = useState('')
  const field = `clause.${clause.id}`
  const insert = (): void => {
    const control = document.getElementById(fieldId(field))
    const at = control instanceof HTMLTextAreaElement ? control.selectionStart : null
    onChange({ ...clause, text: withVariable(clause.text, at, chosen) })
    control?.focus()
  }
  const exampleOf = (name: string): string => (examples[name] === undefined ? name : `${name} · ${examples[name].split('\n')[0]?.slice(0, 60) ?? ''}`)
  if (!writes)
    return (
      <section className={own['clause']} aria-label={clause.title}>
        <pre className={styles['code']} tabIndex={0}>
          {clause.text}
        </pre>
      </section>
    )
  return (
    <section className={own['clause']} aria-label={clause.title}>
      <TextField label={t('contract_settings.clause_title')} name={`${field}.title`} maxLength={200} value={clause.title} onChange={(title) => onChange({ ...clause, title })} />
      <TextArea label={t('contract_settings.clause_text')} hint={t('contract_settings.clause_hint')} name={field} rows={8} maxLength={8000} value={clause.text} error={problems.map((one) => issueWords(t, one)).join(' ')} onChange={(text) => onChange({ ...clause, text })} />
      <div className={own['insert']}>
        <Select label={t('contract_settings.variable')} value={chosen} choices={[{ value: '', label: '—' }, ...variables.map((value) => ({ value, label: exampleOf(value) }))]} onChange={setChosen} />
        <Button label={t('contract_settings.insert')} disabled={chosen === ''} onClick={insert} />
      </div>
    </section>
  )
}

const OTHER = 'other'

/** A clause that ships and is not there, or one of one's own words. */
function AddClause({ clauses, shipped, onAdd }: { clauses: readonly Clause[]; shipped: readonly Clause[]; onAdd: (clause: Clause) => void }) {
  const t = useT()
  const [chosen, setChosen] = useState(OTHER)
  const left = shipped.filter(({ id }) => !clauses.some((one) => one.id === id))
  const value = left.some(({ id }) => id === chosen) ? chosen : OTHER
  const added = left.find(({ id }) => id === value) ?? { id: freeId(clauses), title: t('contract_settings.new_clause'), text: t('contract_settings.new_text') }
  return (
    <div className={own['insert']}>
      <Select label={t('contract_settings.add_clause')} value={value} choices={[{ value: OTHER, label: t('contract_settings.other_clause') }, ...left.map(({ id, title }) => ({ value: id, label: title }))]} onChange={setChosen} />
      <Button icon={Plus} label={t('action.add')} onClick={() => (onAdd(added), setChosen(OTHER))} />
    </div>
  )
}

function Archiving({ template, onDone }: { template: OwnTemplate; onDone: () => void }) {
  const t = useT()
  const archive = useCommand(archiveTemplate)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button kind="quiet" label={t('contract_settings.archive')} onClick={() => setAsking(true)} />
      {asking && (
        <ConfirmDialog
          title={t('contract_settings.archive_title', { name: template.name })}
          about={t('contract_settings.archive_about')}
          action={t('contract_settings.archive')}
          pending={archive.pending}
          failure={archive.failure}
          onClose={() => setAsking(false)}
          onConfirm={() => void archive.run({ id: template.id }).then((done) => done && (setAsking(false), announce(t('contract_settings.archived')), onDone()))}
        />
      )}
    </>
  )
}
