import { useState } from 'react'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { paperKinds, type PaperKind } from '../../../shared/domain/personal-data/model.ts'
import { listPapers, removePaper } from '../../../shared/domain/personal-data/operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure } from '../../app/client.ts'
import { base64FromBytes, bytesFromBase64 } from '../../app/files.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { failureOf, useAnswer, useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { DayField, todayIn } from '../../components/DateTimeField.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Field, Select, controlClass } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { showPaper, storePaper } from './numbers-operations.ts'
import styles from './Numbers.module.css'
import { ShownPaper } from './ShownPaper.tsx'

interface Kept {
  id: string
  kind: PaperKind
  expires_on: string | null
  created_at: string
}
interface Opened {
  name: string
  type: string
  content_base64: string
}

/** Identity papers of a person: what is kept and until when it is good; the pages for a reason, in memory only. */
export function PapersSection({ person, name }: { person: string; name: string }) {
  const t = useT()
  const format = useFormat()
  const asked = useAnswer(listPapers, { collaborator_id: person })
  const [adding, setAdding] = useState<PaperKind | 'any' | null>(null)
  const [asking, setAsking] = useState<{ what: 'show' | 'remove'; paper: Kept } | null>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={2} />
  const close = (): void => setAsking(null)
  return (
    <>
      <h4 className={styles['head']}>{t('papers.title')}</h4>
      <p className={mutedText}>{t('papers.about')}</p>
      <ul className={styles['numbers']}>
        {asked.answer.value.items.map((paper) => {
          const kind = wordOf(t, 'papers.kind', paper.kind)
          return (
            <li key={paper.id}>
              <span>{kind}</span>
              <span className={mutedText}>
                {paper.expires_on === null ? t('papers.no_end') : t(paper.expires_on < todayIn() ? 'papers.expired' : 'papers.until', { day: format.day(paper.expires_on) })}
                {' · '}
                {t('papers.kept', { day: format.day(localDateOf(paper.created_at, hostZone())) })}
              </span>
              <span className={styles['actions']}>
                <Button small label={t('numbers.reveal')} aria-label={t('numbers.of', { action: t('numbers.reveal'), kind })} onClick={() => setAsking({ what: 'show', paper })} />
                {paper.expires_on !== null && <Button small label={t('papers.renew')} aria-label={t('numbers.of', { action: t('papers.renew'), kind })} onClick={() => setAdding(paper.kind)} />}
                <Button small kind="quiet" label={t('numbers.remove')} aria-label={t('numbers.of', { action: t('numbers.remove'), kind })} onClick={() => setAsking({ what: 'remove', paper })} />
              </span>
            </li>
          )
        })}
      </ul>
      {asked.answer.value.items.length === 0 && <p className={mutedText}>{t('papers.none')}</p>}
      <div>
        <Button small label={t('papers.add')} onClick={() => setAdding('any')} />
      </div>
      {adding !== null && <AddPaper person={person} renewed={adding === 'any' ? null : adding} onClose={() => setAdding(null)} />}
      {asking?.what === 'show' && (
        <ShowPaper
          person={person}
          name={name}
          paper={asking.paper}
          onClose={close}
          onShown={(found) => {
            setOpened(found)
            close()
          }}
        />
      )}
      {asking?.what === 'remove' && <RemovePaper person={person} name={name} paper={asking.paper} onClose={close} />}
      {opened && <ShownPaper name={opened.name} type={opened.type} bytes={bytesFromBase64(opened.content_base64)} onClose={() => setOpened(null)} />}
    </>
  )
}

/** `renewed`: of this kind; the former stays until it is taken away, for the work it covered. */
function AddPaper({ person, renewed, onClose }: { person: string; renewed: PaperKind | null; onClose: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const store = useCommand(storePaper)
  const [kind, setKind] = useState<string>(renewed ?? paperKinds[0])
  const [expires, setExpires] = useState<string | null>(null)
  const [file, setFile] = useState<File | null>(null)
  const submit = async (): Promise<void> => {
    if (!file) return
    const content_base64 = base64FromBytes(new Uint8Array(await file.arrayBuffer()))
    if (!(await store.run({ collaborator_id: person, kind, expires_on: expires, name: file.name, content_base64 }))) return
    announce(t('papers.saved'))
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={renewed === null ? t('papers.add') : t('numbers.of', { action: t('papers.renew'), kind: wordOf(t, 'papers.kind', renewed) })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('action.save')} disabled={file === null || store.pending} />
        </>
      }
    >
      <FormErrorSummary failure={store.failure} />
      <Select label={t('papers.which')} value={kind} onChange={setKind} choices={paperKinds.map((value) => ({ value, label: wordOf(t, 'papers.kind', value) }))} />
      <DayField label={t('papers.expires_on')} optional value={expires} onChange={setExpires} error={textOf.field(store.failure, 'expires_on')} />
      <Field label={t('papers.file')} hint={t('papers.file_hint')} error={textOf.field(store.failure, 'content_base64')}>
        {(control) => <input {...control} className={controlClass} type="file" accept="application/pdf,image/jpeg,image/png" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}
      </Field>
    </Dialog>
  )
}

function ShowPaper({ person, name, paper, onClose, onShown }: { person: string; name: string; paper: Kept; onClose: () => void; onShown: (opened: Opened) => void }) {
  const t = useT()
  const org = useOrg()
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  // Not through the cache of answers: the pages stay nowhere but in the dialog that shows them.
  const show = async (reason: string): Promise<void> => {
    setPending(true)
    setFailure(null)
    try {
      onShown((await call(showPaper, { collaborator_id: person, id: paper.id, reason }, org ? { org } : {})).value)
    } catch (error) {
      setFailure(failureOf(error))
      setPending(false)
    }
  }
  return <ConfirmDialog title={t('numbers.reveal_title', { kind: wordOf(t, 'papers.kind', paper.kind) })} about={t('numbers.reveal_about', { name })} action={t('numbers.reveal')} reason="required" pending={pending} failure={failure} onClose={onClose} onConfirm={(reason) => void show(reason)} />
}

function RemovePaper({ person, name, paper, onClose }: { person: string; name: string; paper: Kept; onClose: () => void }) {
  const t = useT()
  const remove = useCommand(removePaper)
  return (
    <ConfirmDialog
      danger
      title={t('numbers.remove_title', { kind: wordOf(t, 'papers.kind', paper.kind) })}
      about={t('papers.remove_about', { name })}
      action={t('numbers.remove')}
      pending={remove.pending}
      failure={remove.failure}
      onClose={onClose}
      onConfirm={() => void remove.run({ collaborator_id: person, id: paper.id }).then((done) => done && onClose())}
    />
  )
}
