import { ArrowLeft, Download, MoreHorizontal, PanelRightClose, PanelRightOpen, Printer } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { amendContract, updateContract } from '../../../../shared/domain/contracts/operations.ts'
import { contractPdf, getContract } from '../../../../shared/domain/contracts/queries.ts'
import { isEditable } from '../../../../shared/domain/contracts/kinds.ts'
import { useActions } from '../../../app/actions.ts'
import { call } from '../../../app/client.ts'
import { useProject } from '../../../app/context.tsx'
import { bytesFromBase64 } from '../../../app/files.ts'
import { keepOpen } from '../../../app/presence.ts'
import { useAnswer, useCommand } from '../../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'
import { useDraft } from '../../../components/draft.ts'
import { DraftLine } from '../../../components/DraftLine.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { Menu } from '../../../components/Menu.tsx'
import pageStyles from '../../../components/Page.module.css'
import { printFile } from '../../../components/print/print-file.ts'
import { mutedText } from '../../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../../components/States.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import { ContractRecord, Typed } from './contract-rows.ts'
import type { VersionRow } from './contract-rows.ts'
import { FactsSection } from './FactsSection.tsx'
import { FilesSection } from './FilesSection.tsx'
import { asksReason, isConfirmed, needsMentions, nextStep, stepsIn } from './ladder.ts'
import type { Step } from './ladder.ts'
import { PaperView, useKeptPaper, useWrittenPaper } from './LivePaper.tsx'
import { MissingList } from './MissingList.tsx'
import { PartyDialog } from './PartyDialog.tsx'
import { OpenRequests, RequestVoidDialog } from './Requests.tsx'
import { SignDialog } from './SignDialog.tsx'
import { StateWord } from './StateWord.tsx'
import { useSteps } from './use-steps.ts'
import type { PlainStep } from './use-steps.ts'
import { VersionForm } from './VersionForm.tsx'
import { downloadVersion, versionName, VersionsSection } from './VersionsSection.tsx'
import styles from './ContractEditor.module.css'

/** One contract: what is typed of it beside its paper, the steps from draft to signature, its amendments and files. */
export function ContractEditor({ id }: { id: string }) {
  const url = useUrlState()
  const wanted = url.get('v')
  const asked = useAnswer(getContract, { id, ...(wanted === '' ? {} : { version_id: wanted }) })
  const read = useMemo(() => (asked.answer ? ContractRecord.safeParse(asked.answer.value) : null), [asked.answer])
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!read?.success || read.data.contract.id !== id) return <LoadingSkeleton />
  const { data } = read
  const shown = data.versions.find(({ row }) => row.id === data.shown.version_id)
  return shown ? <Editor key={shown.row.id} record={data} row={shown.row} can={shown.can} /> : <LoadingSkeleton />
}

type Asked = Step | 'request_void' | 'party'

function Editor({ record, row, can }: { record: ContractRecord; row: VersionRow; can: readonly string[] }) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const url = useUrlState()
  const project = useProject()
  const { contract, shown, name } = record
  const writing = can.includes('contract.update')
  const saved = useMemo(() => Typed.parse(row), [row])
  const draft = useDraft(saved, row.id, 'contract')
  const update = useCommand(updateContract)
  const amend = useCommand(amendContract)
  const steps = useSteps()
  const [open, setOpen] = useState<Asked | null>(null)
  const [failed, setFailed] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const folded = url.get('preview') === 'off'
  const live = writing && !folded
  const written = useWrittenPaper(live ? { project_id: project.id, version_id: row.id } : null, draft.changes)
  const kept = useKeptPaper(writing || folded ? null : row.id)
  const missing = isEditable(row.state) || row.state === 'under_review' || row.state === 'approved' ? ((live && written.missing) || shown.missing) : []
  const next = nextStep(row.state, can)
  const others = stepsIn(can).filter((step) => step !== next)
  const title = [name, contract.title].filter(Boolean).join(' · ') || contract.reference
  const close = (): void => setOpen(null)
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])

  const save = async (): Promise<boolean> => {
    if (!draft.dirty) return true
    const sent = draft.changes
    if (!(await update.run({ id: row.id, version: row.version, changes: sent }))) return false
    draft.clear(sent)
    announce(t('contract_editor.saved'))
    return true
  }
  const take = async (step: Step): Promise<void> => {
    if (steps.pending || update.pending || (writing && !(await save()))) return
    steps.reset()
    if (needsMentions(step, row.state) && missing.length > 0) {
      announce(t('contract_editor.missing', { count: missing.length }))
      list.current?.querySelector('button')?.focus()
    } else if (step === 'sign' || asksReason(step) || isConfirmed(step)) setOpen(step)
    else if (await steps.run(step, row.id)) announce(t(`contract_editor.done.${step}`))
  }
  const confirm = async (step: PlainStep, reason: string): Promise<void> => {
    if (!(await steps.run(step, row.id, asksReason(step) ? reason : undefined))) return
    close()
    announce(t(`contract_editor.done.${step}`))
  }
  const toAmend = async (): Promise<void> => {
    const made = await amend.run({ id: contract.id })
    if (!made) return
    url.set({ v: null })
    announce(t('contract_editor.amended'))
  }
  const give = async (work: () => Promise<void>): Promise<void> => {
    setFailed(false)
    const release = keepOpen()
    try {
      await work()
    } catch {
      setFailed(true)
    } finally {
      release()
    }
  }
  const download = (version: string): void => void give(() => downloadVersion(project.org, version))
  const print = (): void => void give(async () => printFile(bytesFromBase64((await call(contractPdf, { id: row.id }, { org: project.org })).value.base64)))
  const fold = (): void => url.set({ preview: folded ? null : 'off' })
  const mayAmend = record.can.includes('contract.amend')
  const mayVoid = record.can.includes('contract.request_void')
  const more = [
    ...others.map((step) => ({ key: step, label: t(`contract_editor.step.${step}`), onChoose: () => void take(step) })),
    ...(mayAmend ? [{ key: 'amend', label: t('contract_editor.amend'), onChoose: () => void toAmend() }] : []),
    ...(mayVoid ? [{ key: 'void', label: t('contract_editor.request_void'), onChoose: () => setOpen('request_void') }] : []),
  ]
  useActions([
    ...(next ? [{ id: 'contract.next', label: t(`contract_editor.step.${next}`), keys: 'mod+Enter', group: 'page' as const, run: () => void take(next) }] : []),
    ...more.map(({ key, label, onChoose }) => ({ id: `contract.${key}`, label, group: 'page' as const, run: onChoose })),
    { id: 'contract.fold', label: folded ? t('sheet.preview_show') : t('sheet.preview_hide'), keys: 'v', group: 'page', run: fold },
    { id: 'print', label: t('print.action'), keys: 'mod+p', group: 'page', run: print },
  ])
  const business = contract.kind === 'vendor' || contract.kind === 'client'
  const onParty = business && writing ? () => setOpen('party') : null
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <div className={pageStyles['header']}>
          <Button kind="quiet" small iconOnly icon={ArrowLeft} label={t('contract_editor.back')} onClick={() => go(paths.contracts(project.org, project.id))} />
          <h1 className={styles['title']}>{title}</h1>
          <span className={pageStyles['scope']}>
            {t(`contract_editor.kind.${contract.kind}`)} · {contract.reference}
          </span>
          <strong>{versionName(t, row.number)}</strong>
          <StateWord state={row.state} />
          <span className={pageStyles['gap']} />
          <Button kind="quiet" iconOnly icon={Printer} label={t('print.action')} title={t('print.action_keys')} onClick={print} />
          <Button kind="quiet" iconOnly icon={Download} label={t('contract_editor.download')} onClick={() => download(row.id)} />
          <Button kind="quiet" iconOnly icon={folded ? PanelRightOpen : PanelRightClose} label={folded ? t('sheet.preview_show') : t('sheet.preview_hide')} onClick={fold} />
          {more.length > 0 && <Menu align="end" trigger={<Button icon={MoreHorizontal} label={t('contract_editor.more')} />} groups={[{ key: 'more', choices: more }]} />}
          {next && <Button kind="primary" label={t(`contract_editor.step.${next}`)} keys="Ctrl ⏎" disabled={steps.pending || update.pending} onClick={() => void take(next)} />}
        </div>
        <OpenRequests requests={record.requests} onAmend={mayAmend ? () => void toAmend() : null} />
        {!isEditable(row.state) && <ReadOnlyStrip text={t(`contract_editor.locked.${row.signed_at !== null ? 'signed' : row.content_hash !== null ? 'sent' : 'review'}`)} />}
        {isEditable(row.state) && !writing && <ReadOnlyStrip text={t('contract_editor.locked.reading')} />}
        {row.sent_at !== null && row.number === 1 && <ReadOnlyStrip note text={t('contract_editor.handed_over', { at: format.moment(row.sent_at) })} />}
        {failed && <p role="alert">{t('print.failed')}</p>}
        <FormErrorSummary failure={open === null ? (steps.failure ?? amend.failure) : null} />
      </div>
      <div className={styles['columns']} data-folded={folded}>
        <div className={styles['left']}>
          <div className={styles['scroll']} data-region="content" tabIndex={0} role="region" aria-label={t('contract_editor.content')}>
            <FormErrorSummary failure={update.failure} />
            <DraftLine draft={draft} />
            {row.state_reason !== null && <p className={mutedText}>{t('contract_editor.last_reason', { reason: row.state_reason })}</p>}
            <div ref={list}>
              <MissingList missing={missing} record={record} writing={writing} onParty={onParty} />
              {missing.length === 0 && (isEditable(row.state) || row.state === 'under_review') && <p role="status">{t('contract_editor.complete')}</p>}
            </div>
            {writing && <VersionForm record={record} saved={saved} draft={draft} failure={update.failure} />}
            <FactsSection record={record} onParty={onParty} />
            <FilesSection version={row} files={record.documents} mayAttach={can.includes('contract.attach_signed')} />
            <VersionsSection record={record} onDownload={download} />
          </div>
          {writing && draft.dirty && (
            <div className={styles['save']}>
              <Button kind="primary" label={t('action.save')} disabled={update.pending} onClick={() => void save()} />
              <Button kind="quiet" label={t('draft.drop')} onClick={() => draft.clear()} />
              <span className={mutedText}>{t('contract_editor.unsaved')}</span>
            </div>
          )}
        </div>
        {!folded && (
          <div className={styles['right']} data-paper>
            <PaperView paper={writing ? written : kept} />
          </div>
        )}
      </div>
      {open === 'sign' && <SignDialog version={row} facts={shown.facts} onClose={close} />}
      {open === 'request_void' && <RequestVoidDialog id={contract.id} onClose={close} />}
      {open === 'party' && <PartyDialog contract={contract} name={name} onClose={close} />}
      {open !== null && open !== 'sign' && open !== 'request_void' && open !== 'party' && (
        <ConfirmDialog
          title={t(`contract_editor.step.${open}`)}
          about={t(`contract_editor.about.${open}`)}
          action={t(`contract_editor.step.${open}`)}
          danger={open === 'terminate' || open === 'drop_amendment'}
          reason={asksReason(open) ? 'required' : undefined}
          pending={steps.pending}
          failure={steps.failure}
          onClose={() => {
            close()
            steps.reset()
          }}
          onConfirm={(reason) => void confirm(open, reason)}
        />
      )}
    </div>
  )
}
