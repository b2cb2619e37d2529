import { importKinds } from '../../../shared/domain/imports/operations.ts'

export interface ImportFile {
  file_name: string
  content_base64?: string
  text?: string
}

export const importKindOf = (text: string): (typeof importKinds)[number] => importKinds.find((kind) => kind === text) ?? 'people'
