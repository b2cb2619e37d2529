import type { z } from 'zod'
import { listRulePacks } from '../../../shared/domain/planning/working-time-operations.ts'
import { minutesText } from '../../app/conflict-words.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer } from '../../app/queries.ts'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import styles from './Settings.module.css'
import packStyles from './RulePacks.module.css'

type Answered = z.infer<typeof listRulePacks.output>
type Pack = Answered['packs'][number]
type Rule = Pack['rules'][number]

const DAY_MINUTES = 1440
const limitText = (t: Translate, { code }: Rule, minutes: number): string => (code === 'consecutive_days' ? t('settings.packs_limit_days', { days: minutes / DAY_MINUTES }) : minutesText(minutes))

/** The labour rules as they are written: thresholds, articles, dates, sources, and what is not certain. */
export function RulePacks() {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const asked = useAnswer(listRulePacks, {})
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton />
  const { packs, open_points } = asked.answer.value
  return (
    <section className={packStyles['packs']} aria-labelledby="rule-packs">
      <h2 id="rule-packs">{t('settings.packs')}</h2>
      <p className={styles['muted']}>{t('settings.packs_about')}</p>
      {packs.map((pack) => (
        <PackCard key={pack.id} pack={pack} />
      ))}
      <h3>{t('settings.packs_open')}</h3>
      <p className={styles['muted']}>{t('settings.packs_open_about')}</p>
      <ul className={styles['notes']}>
        {open_points.map(({ title, about }) => (
          <li key={title.en}>
            <strong>{title[language]}</strong> {about[language]}
          </li>
        ))}
      </ul>
    </section>
  )
}

function PackCard({ pack }: { pack: Pack }) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  const whom = pack.population === null ? t('settings.packs_everyone') : pack.population.map((kind) => wordOf(t, 'assignment.engagement', kind)).join(', ')
  const dates = t('settings.packs_dates', { from: format.day(pack.valid_from), to: pack.valid_to === null ? 'none' : format.day(pack.valid_to) })
  return (
    <details className={packStyles['pack']} open={pack.agreement === null}>
      <summary>
        <strong>{pack.title[language]}</strong>
        <span>{[pack.agreement === null ? t('settings.packs_law') : t('settings.packs_agreement', { code: pack.agreement }), whom, dates, pack.in_force ? '' : t('settings.packs_not_in_force')].filter(Boolean).join(' · ')}</span>
      </summary>
      <p className={styles['muted']}>{pack.source[language]}</p>
      {pack.note && <p className={styles['muted']}>{pack.note[language]}</p>}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('settings.packs_rule')}</th>
            <th scope="col">{t('settings.packs_limit')}</th>
            <th scope="col">{t('settings.packs_article')}</th>
          </tr>
        </thead>
        <tbody>
          {pack.rules.map((rule) => (
            <RuleRow key={rule.code} rule={rule} />
          ))}
        </tbody>
      </table>
    </details>
  )
}

function RuleRow({ rule }: { rule: Rule }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const standing = rule.standing === 'unsure' ? t('settings.packs_unsure') : rule.standing === 'expired' ? t('settings.packs_expired') : null
  return (
    <tr>
      <th scope="row" className={packStyles['rule']}>
        {rule.title[language]}
        {standing && <span className={packStyles['standing']}>{standing}</span>}
        {rule.note && <span className={packStyles['note']}>{rule.note[language]}</span>}
      </th>
      <td>
        {limitText(t, rule, rule.warning_minutes)}
        {rule.severe_minutes !== null && <span className={packStyles['note']}>{t('settings.packs_severe', { limit: limitText(t, rule, rule.severe_minutes) })}</span>}
        {rule.kind === null && <span className={packStyles['note']}>{t('settings.packs_information')}</span>}
      </td>
      <td>
        {rule.article && <strong lang="fr">{rule.article}</strong>}
        <span className={packStyles['note']} lang="fr">
          {rule.source}
        </span>
      </td>
    </tr>
  )
}
