import { useEffect, useState } from 'react'
import { useAnswer } from '../../app/queries.ts'
import { listPeople } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import { ChoosePerson } from './ChoosePerson.tsx'
import { EntryFrame } from './EntryFrame.tsx'
import { SignInPage } from './SignInPage.tsx'

/** A locked window: its person opens it again, or another takes their place. */
export function LockPage({ locked }: { locked: { user_id: string; name: string } }) {
  const t = useT()
  const [other, setOther] = useState(false)
  const people = useAnswer(listPeople, {}, { org: null }).answer?.value.items
  useEffect(() => {
    document.title = `${t('lock.title')} · ${t('app.name')}`
  }, [t])
  if (other) return <SignInPage onBack={() => setOther(false)} />
  return (
    <EntryFrame title={t('lock.title')} about={t('lock.about')} wide>
      {people && <ChoosePerson people={people} first={locked.user_id} locked={locked.user_id} />}
      <div>
        <Button kind="quiet" label={t('lock.another')} onClick={() => setOther(true)} />
      </div>
    </EntryFrame>
  )
}
