import { Component } from 'react'
import type { ReactNode } from 'react'
import { ErrorState } from '../components/States.tsx'
import { CallFailure } from './client.ts'
import { ChunkUnread } from './page-chunks.ts'
import { reportError } from './report-errors.ts'
import { usePlace } from './routes.ts'

export const BROKEN_PAGE = 'client.page_broken'

interface CatchProps {
  /** Another value: what is inside is tried again. */
  place: string
  children: ReactNode
}
interface CatchState {
  failure: CallFailure | null
  /** Drawing again would find the same: the window has to be read again. */
  unread: boolean
  place: string
}

/** React catches what rendering throws in classes only. */
class Catch extends Component<CatchProps, CatchState> {
  override state: CatchState = { failure: null, unread: false, place: this.props.place }

  static getDerivedStateFromError(error: unknown): Partial<CatchState> {
    return { failure: new CallFailure(BROKEN_PAGE, error instanceof Error ? (error.stack ?? error.message) : String(error)), unread: error instanceof ChunkUnread }
  }

  static getDerivedStateFromProps(props: CatchProps, state: CatchState): CatchState | null {
    return props.place === state.place ? null : { failure: null, unread: false, place: props.place }
  }

  override componentDidCatch(error: unknown): void {
    reportError(error)
  }

  tryAgain = (): void => {
    if (this.state.unread) window.location.reload()
    else this.setState({ failure: null })
  }

  override render(): ReactNode {
    const { failure } = this.state
    return failure ? <ErrorState failure={failure} onRetry={this.tryAgain} /> : this.props.children
  }
}

/** A page that breaks says so in its place; everything around it stays, and another address or "try again" draws anew. */
export function PageBoundary({ children }: { children: ReactNode }) {
  const { org, project, page } = usePlace()
  return <Catch place={[org, project, page].join('/')}>{children}</Catch>
}
