import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'
import styles from './Page.module.css'
import { PrintButton } from './print/PrintButton.tsx'
import { usePlacePrint } from './print/print-request.ts'
import type { PrintRequest } from './print/print-request.ts'

interface PageProps {
  title: string
  scope?: string
  /** Actions of the page, the primary one last. */
  actions?: ReactNode
  panel?: ReactNode
  /** The page's own views, under its header. */
  views?: ReactNode
  /** What Ctrl+P prints; without it, the document of the place. */
  print?: PrintRequest | undefined
  children: ReactNode
}

/** Header 52 px, content, and the detail panel beside it. */
export function Page({ title, scope, actions, panel, views, print, children }: PageProps) {
  const t = useT()
  const place = usePlacePrint()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className={styles['page']}>
      <div>
        <div className={styles['header']}>
          <h1>{title}</h1>
          {scope && <span className={styles['scope']}>{scope}</span>}
          <span className={styles['gap']} />
          <PrintButton request={print ?? place} />
          {actions}
        </div>
        {views}
      </div>
      <div className={`${styles['columns']} ${panel ? styles['withPanel'] : ''}`}>
        <div className={styles['stack']}>{children}</div>
        {panel}
      </div>
    </div>
  )
}
