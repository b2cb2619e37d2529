import type { CallFailure } from '../../app/client.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import type { Check } from '../../../shared/domain/runsheets/operations.ts'
import { LeavesLater } from '../../app/sync/LeavesLater.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { ChangeList } from './ChangeList.tsx'
import { ChecksTab } from './ChecksTab.tsx'
import type { SheetRecord, WorkRow } from './sheet-rows.ts'
import styles from './Sheet.module.css'

interface PublishDialogProps {
  work: WorkRow
  sheet: SheetRecord
  warnings: readonly Check[]
  pending: boolean
  failure: CallFailure | null
  onConfirm: () => void
  onClose: () => void
}

/** Said before it is done: the version, who answers for it, what changes for everyone and for each person, what to look at. */
export function PublishDialog({ work, sheet, warnings, pending, failure, onConfirm, onClose }: PublishDialogProps) {
  const t = useT()
  const published = sheet.revisions.find((row) => row.id === sheet.published_revision_id)
  const [personal, common] = [sheet.unpublished.filter((line) => line.section === 'people'), sheet.unpublished.filter((line) => line.section !== 'people')]
  const { number, colour } = work
  const ready = !pending && warnings.every((check) => check.severity !== 'blocking')
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={colour ? t('sheet.publish_title_colour', { version: number, colour }) : t('sheet.publish_title', { version: number })}
      onSubmit={onConfirm}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('sheet.publish')} keys="Ctrl ⏎" disabled={!ready} />
        </>
      }
    >
      <ConfirmKey run={() => ready && onConfirm()} />
      <FormErrorSummary failure={failure} />
      <p>{t('sheet.publish_about')}</p>
      <p>{work.validated_by_name ? t('sheet.publish_validated', { name: work.validated_by_name }) : t('sheet.publish_alone')}</p>
      <LeavesLater />
      {published && (
        <section className={styles['section']}>
          <h2>{t('sheet.compare_with', { version: published.number })}</h2>
          {sheet.unpublished.length === 0 && <p>{t('sheet.compare_none')}</p>}
          {common.length > 0 && <ChangeList lines={common} />}
          {personal.length > 0 && (
            <>
              <h3>{t('sheet.changes_people')}</h3>
              <ChangeList lines={personal} />
            </>
          )}
        </section>
      )}
      <ChecksTab checks={warnings} mission={sheet.lead_mission_id} />
    </Dialog>
  )
}

/** The same keys publish from inside the dialog: the page's own do not reach into it. */
function ConfirmKey({ run }: { run: () => void }) {
  useShortcuts({ 'mod+Enter': run })
  return null
}
