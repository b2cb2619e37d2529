/** Every entity and every context's handlers, by name. */
import type { AnyEntity } from './entity.ts'
import * as organizationModel from './organization/model.ts'
import * as peopleModel from './people/model.ts'
import * as personalDataModel from './personal-data/model.ts'
import * as planningModel from './planning/model.ts'
import * as locationsModel from './locations/model.ts'
import * as availabilityModel from './availability/model.ts'
import * as publicationModel from './publication/model.ts'
import * as templatesModel from './templates/model.ts'
import * as importsModel from './imports/model.ts'
import * as runsheetsModel from './runsheets/model.ts'
import * as engagementModel from './engagement/model.ts'
import * as notificationsModel from './notifications/model.ts'
import * as readinessModel from './readiness/model.ts'
import * as contractsModel from './contracts/model.ts'
import * as paperworkModel from './paperwork/model.ts'
import * as syncModel from './sync/model.ts'

function isEntity(value: unknown): value is AnyEntity {
  return typeof value === 'object' && value !== null && 'fields' in value && 'scope' in value && 'name' in value
}

const declared = [organizationModel, peopleModel, locationsModel, planningModel, runsheetsModel, importsModel, availabilityModel, publicationModel, templatesModel, engagementModel, notificationsModel, readinessModel, contractsModel, paperworkModel, personalDataModel, syncModel].flatMap((model) => Object.values(model).filter(isEntity))

/** Order: referred-to entities first, as far as references allow (foreign keys are deferred anyway). */
export const entities: ReadonlyMap<string, AnyEntity> = new Map(declared.map((entity) => [entity.name, entity]))

export function entityNamed(name: string): AnyEntity {
  const found = entities.get(name)
  if (!found) throw new Error(`no entity ${name}`)
  return found
}
