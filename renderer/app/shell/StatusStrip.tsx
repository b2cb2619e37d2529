import { Info, TriangleAlert, X } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import { useNotice } from '../notice.ts'
import { useStorageNews } from '../storage-news.ts'
import styles from './Shell.module.css'

interface Said {
  text: string
  calm: boolean
  dismiss?: () => void
}

/** One line, only when something needs saying, the most severe first: the file, then what was just refused, then warnings of this computer. */
export function StatusStrip({ warnings, org }: { warnings: readonly unknown[]; org: string | null }) {
  const t = useT()
  const notice = useNotice()
  const { news, hear } = useStorageNews()
  const key = news && news.org === org ? `storage.${news.state}` : ''
  const file: Said | null = isKey(key) ? { text: t(key), calm: news?.state === 'ready', dismiss: () => hear(null) } : null
  const said: Said | null = notice.text === null ? null : { text: notice.text, calm: false, dismiss: () => notice.say(null) }
  const warning = warnings.find((found) => typeof found === 'string')
  const computer: Said | null = typeof warning === 'string' ? { text: wordOf(t, 'warning', warning), calm: false } : null
  const shown = [file?.calm ? null : file, said, file, computer].find((one) => one !== null)
  if (!shown) return null
  const Sign = shown.calm ? Info : TriangleAlert
  return (
    <div className={`${styles['strip']} ${shown.calm ? '' : styles['warning']}`} role="status">
      <Sign size={14} aria-hidden />
      <span className={styles['said']}>{shown.text}</span>
      {shown.dismiss && <Button kind="quiet" small iconOnly icon={X} label={t('action.close')} onClick={shown.dismiss} />}
    </div>
  )
}
