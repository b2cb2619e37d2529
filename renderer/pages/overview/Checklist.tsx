import { Check, Circle, X } from 'lucide-react'
import { Link } from 'wouter'
import { useProject } from '../../app/context.tsx'
import { listMarks, setMark } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import { Card } from './Card.tsx'
import styles from './Overview.module.css'
import { CHECKLIST } from './questions.ts'

/** Marks of the person: closed for good, and what only this computer knows of (something was printed). */
const STEPS = ['mission', 'assignment', 'conflict', 'sheet', 'print', 'colleague'] as const
type Step = (typeof STEPS)[number]

interface Steps {
  mission: boolean
  assignment: boolean
  conflict: boolean
  sheet: boolean
  colleague: boolean
}

/** The first six gestures of a new organization: it ticks itself, goes when all is done, and can be closed for good. */
export function Checklist({ steps }: { steps: Steps }) {
  const t = useT()
  const { org, id, can } = useProject()
  const marks = useAnswer(listMarks, { org, prefix: CHECKLIST }, { org: null })
  const set = useCommand(setMark, { org: null })
  const known = new Set((marks.answer?.value.items ?? []).map(({ key }) => key.slice(CHECKLIST.length)))
  const done = (step: Step): boolean => (step === 'print' ? known.has('print') : steps[step])
  const count = STEPS.filter(done).length
  if (!marks.answer || known.has('closed') || count === STEPS.length || !can.has('mission.create')) return null
  const path: Readonly<Record<Step, string>> = {
    mission: paths.missions(org, id), assignment: paths.planning(org, id), conflict: paths.planning(org, id), sheet: paths.sheets(org, id), print: paths.sheets(org, id), colleague: `/o/${org}/settings/members`,
  }
  return (
    <Card
      title={t('checklist.title')}
      note={t('checklist.progress', { done: count, total: STEPS.length })}
      end={<Button small kind="quiet" icon={X} label={t('checklist.close')} onClick={() => void set.run({ org, key: `${CHECKLIST}closed`, value: true })} />}
    >
      <ul className={styles['steps']}>
        {STEPS.map((step) => (
          <li key={step} data-done={done(step)}>
            {done(step) ? <Check size={16} aria-hidden /> : <Circle size={16} aria-hidden />}
            {done(step) ? (
              <span>
                {t(`checklist.${step}`)} <span className="visually-hidden">{t('checklist.ticked')}</span>
              </span>
            ) : (
              <Link href={path[step]}>{t(`checklist.${step}`)}</Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
