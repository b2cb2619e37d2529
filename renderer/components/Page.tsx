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
  /** Beside the title: where one stands and goes on the page. */
  lead?: ReactNode
  /** At the end, before printing: how the page is seen. */
  beforePrint?: ReactNode
  /** Actions of the page, the primary one last. */
  actions?: ReactNode
  panel?: ReactNode
  /** The page's own views, under its header. */
  views?: ReactNode
  /** What Ctrl+P prints; without it, the document of the place. */
  print?: PrintRequest | undefined
  /** Its button says what it does, on pages that are printed every day. */
  printLabelled?: boolean
  children: ReactNode
}

/** Header 52 px, content, and the detail panel beside it. */
export function Page({ title, scope, lead, beforePrint, actions, panel, views, print, printLabelled = false, children }: PageProps) {
  const t = useT()
  const place = usePlacePrint()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className={styles['page']}>
      <div>
        <div className={styles['header']} {...(lead ? { 'data-lead': true } : {})}>
          <h1>{title}</h1>
          {scope && <span className={styles['scope']}>{scope}</span>}
          {lead}
          <span className={styles['gap']} />
          {beforePrint}
          <PrintButton request={print ?? place} labelled={printLabelled} />
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
