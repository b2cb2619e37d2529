import { appState } from '../../app/host-operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { useT } from '../../i18n/index.ts'
import { NEWS } from './news.ts'
import type { VersionNews } from './news.ts'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

/** What changed in each version, and which one runs here. */
export function NewsSection() {
  const t = useT()
  const { answer } = useAnswer(appState, {}, { org: null })
  return (
    <>
      <SectionHead title={t('settings.section.news')} about={t('news.about', { version: answer?.value.version ?? '' })} />
      <NewsList news={NEWS} />
    </>
  )
}

export function NewsList({ news }: { news: readonly VersionNews[] }) {
  const t = useT()
  return (
    <>
      {news.map(({ version, lines }) => (
        <section key={version} className={styles['part']}>
          <h3>{t('news.version', { version })}</h3>
          <ul className={styles['notes']}>
            {lines.map((line) => (
              <li key={line}>{t(line)}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
