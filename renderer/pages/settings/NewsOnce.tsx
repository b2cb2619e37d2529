import { useEffect } from 'react'
import { z } from 'zod'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { useT } from '../../i18n/index.ts'
import { NewsList } from './NewsSection.tsx'
import { newsSince } from './news.ts'

const MARK = 'news.seen'
const listMarks = { name: 'mark.list', input: z.object({ org: z.string(), prefix: z.string() }), output: z.object({ items: z.array(z.looseObject({ key: z.string(), value: z.unknown() })) }) }
const setMark = { name: 'mark.set', input: z.object({ org: z.string(), key: z.string(), value: z.string() }), output: z.unknown() }

/** Once per person after the version changed. Somebody who has seen no version yet is new here: nothing has changed for them. */
export function NewsOnce({ org, version }: { org: string; version: string }) {
  const t = useT()
  const { answer } = useAnswer(listMarks, { org, prefix: MARK }, { org: null })
  const { run } = useCommand(setMark, { org: null })
  const seen = answer?.value.items.find(({ key }) => key === MARK)?.value
  const first = answer !== undefined && typeof seen !== 'string'
  useEffect(() => {
    if (first) void run({ org, key: MARK, value: version })
  }, [first, run, org, version])
  const news = typeof seen === 'string' ? newsSince(seen, version) : []
  if (news.length === 0) return null
  const close = (): void => void run({ org, key: MARK, value: version })
  return (
    <Dialog open onClose={close} title={t('news.title')} actions={<Button kind="primary" label={t('news.understood')} onClick={close} />}>
      <NewsList news={news} />
      <p>
        <a href={paths.settings(org, 'news')}>{t('news.later')}</a>
      </p>
    </Dialog>
  )
}
