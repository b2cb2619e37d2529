/** On a device, work that its person may not see lies among the assignments as times only (decision C3): nobody is said to have made it. */
export const BUSY_AUTHOR = 'busy'

/** Whether an assignment is such a time: it has no mission, no project and no role that anybody could read. */
export const isBusyTime = (row: { readonly created_by: unknown }): boolean => row.created_by === BUSY_AUTHOR
