import { useT } from '../../i18n/index.ts'
import styles from './Server.module.css'

const COMMAND = 'npx callboard-server'

/** For who has no server yet: one command, what it prints, and where to type it here. */
export function HowToStart() {
  const t = useT()
  return (
    <section className={styles['part']}>
      <h3>{t('server.start')}</h3>
      <p className={styles['muted']}>{t('server.start_about')}</p>
      <ol className={styles['list']}>
        <li>
          {t('server.start_run')} <code className={styles['code']}>{COMMAND}</code>
        </li>
        <li>{t('server.start_read')}</li>
        <li>{t('server.start_type')}</li>
      </ol>
    </section>
  )
}
