/** Departments and crew roles that an organization starts with, by kind of work. Colours are tokens of the design. */
import type { workKinds } from './model.ts'

type Kind = (typeof workKinds)[number]
export interface DepartmentPreset {
  code: string
  name: string
  name_en: string
  colour: string
  roles: readonly [name: string, name_en: string, head?: true][]
}

const production: DepartmentPreset = { code: 'PRD', name: 'Production', name_en: 'Production', colour: 'prd', roles: [['Directrice de production', 'Production manager', true], ['Chargé de production', 'Production coordinator'], ['Administratrice', 'Administrator']] }
const stageManagement: DepartmentPreset = { code: 'REG', name: 'Régie', name_en: 'Stage management', colour: 'reg', roles: [['Régisseuse générale', 'Head stage manager', true], ['Régisseur plateau', 'Stage manager'], ['Runner', 'Runner']] }
const lighting: DepartmentPreset = { code: 'LUM', name: 'Lumière', name_en: 'Lighting', colour: 'lum', roles: [['Chef électro', 'Head electrician', true], ['Pupitreuse', 'Board operator'], ['Électro', 'Electrician'], ['Poursuiteur', 'Followspot operator']] }
const sound: DepartmentPreset = { code: 'SON', name: 'Son', name_en: 'Sound', colour: 'son', roles: [['Ingénieur façade', 'FOH engineer', true], ['Ingénieure retours', 'Monitor engineer'], ['Technicien système', 'System technician'], ['Technicien HF', 'RF technician']] }
const video: DepartmentPreset = { code: 'VID', name: 'Vidéo', name_en: 'Video', colour: 'vid', roles: [['Responsable vidéo', 'Head of video', true], ['Opératrice vidéo', 'Video operator']] }
const stage: DepartmentPreset = { code: 'PLT', name: 'Plateau', name_en: 'Stage', colour: 'plt', roles: [['Chef machiniste', 'Head stagehand', true], ['Machiniste', 'Stagehand'], ['Cintrière', 'Flyperson'], ['Road', 'Stagehand (load)']] }
const wardrobe: DepartmentPreset = { code: 'HMC', name: 'Costumes, HMC', name_en: 'Wardrobe, HMU', colour: 'hmc', roles: [['Cheffe costumière', 'Head of wardrobe', true], ['Habilleuse', 'Dresser'], ['Maquilleur', 'Make-up artist']] }
const rigging: DepartmentPreset = { code: 'RIG', name: 'Accroche', name_en: 'Rigging', colour: 'rig', roles: [['Chef rigger', 'Head rigger', true], ['Rigger', 'Rigger']] }
const logistics: DepartmentPreset = { code: 'LOG', name: 'Logistique', name_en: 'Transport', colour: 'log', roles: [['Responsable logistique', 'Head of logistics', true], ['Conducteur', 'Driver']] }
const safety: DepartmentPreset = { code: 'SEC', name: 'Sécurité', name_en: 'Safety', colour: 'sec', roles: [['Responsable sécurité', 'Head of safety', true], ['SSIAP 2', 'Fire safety officer'], ['Agent de sécurité', 'Security guard']] }
const catering: DepartmentPreset = { code: 'CAT', name: 'Catering', name_en: 'Catering', colour: 'cat', roles: [['Responsable catering', 'Head of catering', true], ['Cuisinier', 'Cook']] }
const frontOfHouse: DepartmentPreset = { code: 'ACC', name: 'Accueil', name_en: 'Front of house', colour: 'acc', roles: [['Cheffe de salle', 'House manager', true], ['Placeur', 'Usher'], ['Bénévole', 'Volunteer']] }
const artists: DepartmentPreset = { code: 'ART', name: 'Artistes', name_en: 'Artists', colour: 'hmc', roles: [['Comédien', 'Actor'], ['Musicienne', 'Musician'], ['Danseuse', 'Dancer']] }
const directing: DepartmentPreset = { code: 'MES', name: 'Mise en scène', name_en: 'Directing', colour: 'prd', roles: [['Réalisatrice', 'Director', true], ['1er assistant mise en scène', '1st assistant director'], ['Scripte', 'Script supervisor']] }
const camera: DepartmentPreset = { code: 'IMG', name: 'Image', name_en: 'Camera', colour: 'vid', roles: [['Directeur de la photographie', 'Director of photography', true], ['Cadreuse', 'Camera operator'], ['1re assistante caméra', '1st assistant camera']] }
const grip: DepartmentPreset = { code: 'MAC', name: 'Machinerie', name_en: 'Grip', colour: 'plt', roles: [['Chef machiniste cinéma', 'Key grip', true], ['Machiniste cinéma', 'Grip']] }
const artDepartment: DepartmentPreset = { code: 'DEC', name: 'Décoration', name_en: 'Art department', colour: 'rig', roles: [['Cheffe décoratrice', 'Production designer', true], ['Accessoiriste', 'Props']] }

const live = [production, stageManagement, lighting, sound, video, stage, wardrobe, rigging, logistics, safety, catering, frontOfHouse, artists]
export const departmentPresets: Readonly<Record<Kind, readonly DepartmentPreset[]>> = {
  event: live,
  theatre: live,
  film: [production, directing, stageManagement, camera, lighting, grip, sound, artDepartment, wardrobe, logistics, safety, catering, artists],
}

export const sheetLayoutOf = { event: 'stage', theatre: 'theatre', film: 'film' } as const satisfies Record<Kind, string>
