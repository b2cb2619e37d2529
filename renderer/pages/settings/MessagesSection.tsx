import { useDeferredValue } from 'react'
import type { z } from 'zod'
import { createMessage, listMessages, previewMessage, resetMessage, updateMessage } from '../../../shared/domain/notifications/message-operations.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { LANGUAGES } from '../../app/preferences.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { useT } from '../../i18n/index.ts'
import { MessagePreview } from './MessagePreview.tsx'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

type Line = z.infer<typeof listMessages.output>['items'][number]

/** What people without an account read in their mail: by type and language, as shipped or in the organization's own words. */
export function MessagesSection() {
  const t = useT()
  const url = useUrlState()
  const { language } = usePreferences()
  const asked = useAnswer(listMessages, {})
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={8} />
  const { items } = asked.answer.value
  const may = asked.answer.can.has(createMessage.name)
  const wanted = LANGUAGES.find((one) => one === url.get('language')) ?? language
  const ofLanguage = items.filter((one) => one.language === wanted)
  const shown = ofLanguage.find(({ type }) => type === url.get('type')) ?? ofLanguage[0]
  if (!shown) return null
  return (
    <>
      <SectionHead title={t('settings.section.messages')} about={t('messages.about')} closed={!may} />
      <div className={styles['form']}>
        <div className={formTwo}>
          <Select
            label={t('messages.which')} value={shown.type} onChange={(type) => url.set({ type })}
            choices={ofLanguage.map(({ type, id }) => ({ value: type, label: id === null ? t(`messages.type.${type}`) : t('messages.own_words', { type: t(`messages.type.${type}`) }) }))}
          />
          <Select label={t('user.language')} value={wanted} onChange={(value) => url.set({ language: value })} choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))} />
        </div>
      </div>
      <MessageForm key={`${shown.type}:${shown.language}`} line={shown} may={may} />
    </>
  )
}

function MessageForm({ line, may }: { line: Line; may: boolean }) {
  const t = useT()
  const errors = useFailureText()
  const { type, language, id, version, texts, shipped, variables } = line
  const draft = useDraft({ subject: texts.subject, title: texts.title, body: texts.body, link_text: texts.link_text ?? '' }, `${type}:${language}`, 'message_template')
  const create = useCommand(createMessage)
  const update = useCommand(updateMessage)
  const reset = useCommand(resetMessage)
  const link_text = shipped.link_text === null || draft.get('link_text').trim() === '' ? null : draft.get('link_text')
  const typed = { subject: draft.get('subject'), title: draft.get('title'), body: draft.get('body'), link_text }
  const preview = useAnswer(previewMessage, useDeferredValue(may ? { type, language, ...typed } : null))
  const failure = create.failure ?? update.failure ?? preview.failure
  const issue = (name: 'subject' | 'title' | 'body' | 'link_text'): string | undefined => errors.field(failure, name) ?? errors.field(failure, `changes.${name}`)
  const apply = async (): Promise<void> => {
    const done = id === null || version === null ? await create.run({ type, language, ...typed }) : await update.run({ id, version, changes: typed })
    if (!done) return
    draft.clear()
    announce(t('settings.saved'))
  }
  const back = async (): Promise<void> => {
    if (id !== null && version !== null && (await reset.run({ id, version }))) draft.clear()
  }
  if (!may) return <ReadOnly texts={texts} />
  return (
    <>
      <form
        className={styles['form']}
        aria-label={t(`messages.type.${type}`)}
        onSubmit={(event) => {
          event.preventDefault()
          void apply()
        }}
      >
        <DraftLine draft={draft} />
        <FormErrorSummary failure={create.failure ?? update.failure ?? reset.failure} />
        <TextField label={t('messages.subject')} name="subject" required maxLength={160} value={draft.get('subject')} error={issue('subject')} onChange={(value) => draft.set('subject', value)} />
        <TextField label={t('messages.title')} name="title" required maxLength={160} value={draft.get('title')} error={issue('title')} onChange={(value) => draft.set('title', value)} />
        <TextArea label={t('messages.body')} hint={t('messages.variables', { list: variables.map((name) => `{${name}}`).join(' ') })} name="body" required rows={5} maxLength={2000} value={draft.get('body')} error={issue('body')} onChange={(value) => draft.set('body', value)} />
        {shipped.link_text !== null && <TextField label={t('messages.link_text')} name="link_text" optional maxLength={60} value={draft.get('link_text')} error={issue('link_text')} onChange={(value) => draft.set('link_text', value)} />}
        <div className={styles['actions']}>
          <Button type="submit" kind="primary" label={t('settings.apply')} disabled={create.pending || update.pending || !draft.dirty} />
          {draft.dirty && <Button label={t('settings.give_up')} onClick={() => draft.clear()} />}
          {id !== null && <Button kind="quiet" label={t('messages.reset')} disabled={reset.pending} onClick={() => void back()} />}
        </div>
      </form>
      <MessagePreview answer={preview.answer?.value} stale={preview.stale} failed={preview.failure !== null} />
    </>
  )
}

function ReadOnly({ texts }: { texts: Line['texts'] }) {
  return (
    <div className={styles['part']}>
      <h3>{texts.subject}</h3>
      <p>{texts.title}</p>
      <p className={styles['muted']}>{texts.body}</p>
    </div>
  )
}
