/** What a slip says beside the terms, in both languages. */
import type { Language } from '../offer/offer.ts'

interface SlipWords {
  title: string
  asks: (organization: string, person: string) => string
  deadline: (when: string) => string
  answer: string
  yes: string
  conditions: string
  no: string
  count: (quantity: number) => string
  rate: string
  noRate: string
  name: string
  date: string
  signature: string
  code: string
  codeAlt: (code: string) => string
  back: string
  demo: string
  file: string
}

export const slipWords: Readonly<Record<Language, SlipWords>> = {
  fr: {
    title: 'Bulletin de réponse', asks: (organization, person) => `${organization} propose la mission ci-dessous à ${person}.`, deadline: (when) => `Répondre avant le ${when}.`,
    answer: 'Ma réponse', yes: 'J’accepte', conditions: 'J’accepte, à cette condition', no: 'Je décline', count: (quantity) => `Nous viendrons à ………… sur ${quantity}`,
    rate: 'Rémunération', noRate: 'La rémunération n’est pas écrite sur ce bulletin : demandez-la à la production.',
    name: 'Nom', date: 'Date', signature: 'Signature', code: 'Code du bulletin', codeAlt: (code) => `Code QR du bulletin ${code}`,
    back: 'À rendre à la production, qui saisit votre réponse. Imprimer ce bulletin n’engage personne.', demo: 'DÉMONSTRATION', file: 'bulletins',
  },
  en: {
    title: 'Answer slip', asks: (organization, person) => `${organization} offers the mission below to ${person}.`, deadline: (when) => `Answer before ${when}.`,
    answer: 'My answer', yes: 'I accept', conditions: 'I accept, on this condition', no: 'I decline', count: (quantity) => `………… of ${quantity} of us will come`,
    rate: 'Pay', noRate: 'Pay is not written on this slip: ask production.',
    name: 'Name', date: 'Date', signature: 'Signature', code: 'Code of the slip', codeAlt: (code) => `QR code of the slip ${code}`,
    back: 'To be handed back to production, who enters your answer. Printing this slip binds nobody.', demo: 'DEMONSTRATION', file: 'slips',
  },
}
