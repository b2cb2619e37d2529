import { listPlans, planChanges } from '../../../shared/domain/publication/operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { ChangeList } from '../planning/publication/ChangeList.tsx'
import { windowWords } from '../planning/publication/plan-window.ts'
import { useWording } from '../planning/publication/use-wording.ts'

/** What the newest published plan of the project changed for a person, since the last one they were told of before. */
export function ChangesSection({ person, project }: { person: string; project: string }) {
  const words = useWording()
  const { t, format } = words
  const plans = useAnswer(listPlans, { project_id: project })
  const said = useAnswer(planChanges, { project_id: project, collaborator_id: person }, { keep: false })
  const failure = plans.failure ?? said.failure
  if (failure) return <ErrorState failure={failure} onRetry={said.retry} />
  if (!plans.answer || !said.answer) return <LoadingSkeleton rows={2} />
  const [plan] = plans.answer.value.items
  if (!plan) return <p className={mutedText}>{t('publication.none')}</p>
  const changes = said.answer.value.people.flatMap((one) => one.changes)
  return (
    <>
      <p className={mutedText}>{t('publication.version', { number: plan.number, window: windowWords(format, plan) })}</p>
      {changes.length === 0 ? <p className={mutedText}>{t('person.changes_none')}</p> : <ChangeList changes={changes} words={words} />}
    </>
  )
}
