import { Copy, Printer } from 'lucide-react'
import { useT } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import styles from './SecretOnce.module.css'

/** A code, key or password that is said once: to read aloud, copy or print; closed, it is nowhere any more. */
export function SecretOnce({ title, about, secret, onClose }: { title: string; about: string; secret: string; onClose: () => void }) {
  const t = useT()
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button icon={Copy} label={t('secret.copy')} onClick={() => void navigator.clipboard.writeText(secret)} />
          <Button icon={Printer} label={t('secret.print')} onClick={() => window.print()} />
          <Button kind="primary" label={t('secret.kept')} onClick={onClose} />
        </>
      }
    >
      <div className={styles['sheet']}>
        <h3 className={styles['heading']}>{title}</h3>
        <p>{about}</p>
        <p className={styles['secret']}>{secret}</p>
        <p>{t('secret.once')}</p>
      </div>
    </Dialog>
  )
}
