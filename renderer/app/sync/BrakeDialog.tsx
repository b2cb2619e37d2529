import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { useCommand } from '../queries.ts'
import { syncRelease } from './operations.ts'
import styles from './Sync.module.css'

/** Much of what is here would go: asked before, with what and of how much. Keeping is the default; the exchange then waits. */
export function BrakeDialog({ removed, held, onClose }: { removed: number; held: number; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const release = useCommand(syncRelease)
  const share = held > 0 ? Math.round((removed / held) * 100) : 100
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('server.brake_title', { removed: format.number(removed), held: format.number(held) })}
      actions={
        <>
          <Button autoFocus label={t('server.brake_keep')} onClick={onClose} />
          <Button kind="danger" label={t('server.brake_release', { count: removed })} disabled={release.pending} onClick={() => void release.run({}).then((done) => done && onClose())} />
        </>
      }
    >
      <FormErrorSummary failure={release.failure} />
      <div className={styles['question']}>
        <p>{t('server.brake_about', { share })}</p>
        <p>{t('server.brake_keep_about')}</p>
        <p>{t('server.brake_release_about')}</p>
      </div>
    </Dialog>
  )
}
