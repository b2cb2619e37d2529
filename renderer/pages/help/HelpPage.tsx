import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import { usePreferences } from '../../app/preferences.ts'
import { paths, useOrg } from '../../app/routes.ts'
import { Page } from '../../components/Page.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { chaptersIn, chaptersWith, htmlOf } from './guide.ts'
import styles from './HelpPage.module.css'

/** The guide inside the app: chapters on the left, one of them on the right, the same place in both languages. */
export function HelpPage({ chapter }: { chapter?: string | undefined }) {
  const t = useT()
  const org = useOrg() ?? ''
  const language = usePreferences((state) => state.language)
  const [words, setWords] = useState('')
  const chapters = useMemo(() => chaptersIn(language), [language])
  const found = chaptersWith(chapters, words)
  const shown = chapters.find(({ id }) => id === chapter) ?? chapters[0]
  const html = useMemo(() => (shown ? htmlOf(shown) : ''), [shown])
  return (
    <Page title={t('help.title')}>
      <span />
      <span />
      <div className={styles['guide']}>
        <nav className={styles['chapters']} aria-label={t('help.chapters')}>
          <label className={styles['search']}>
            <Search size={14} aria-hidden />
            <input data-filter type="search" aria-label={t('help.search')} placeholder={t('help.search')} value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
          <ol className={styles['list']}>
            {found.map(({ id, title }) => (
              <li key={id}>
                <Link className={styles['door']} href={paths.help(org, id)} {...(id === shown?.id ? { 'aria-current': 'page' } : {})}>
                  {title}
                </Link>
              </li>
            ))}
          </ol>
          {found.length === 0 && <EmptyState text={t('help.none', { q: words })} />}
        </nav>
        {shown && (
          <article className={styles['chapter']} aria-labelledby="help-chapter" tabIndex={0}>
            <h2 id="help-chapter" className={styles['heading']}>{shown.title}</h2>
            <div dangerouslySetInnerHTML={{ __html: html }} />
          </article>
        )}
      </div>
    </Page>
  )
}
