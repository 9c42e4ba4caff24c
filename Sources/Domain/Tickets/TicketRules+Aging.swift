/// Tickets that move on by themselves (features.md A4.1, A4.16).
extension TicketRules {
    /// Closes a ticket that was resolved long enough ago, or archives one that was closed long enough ago. No events where neither is so: it was reopened
    /// meanwhile, somebody was faster, or the tenant does not want it.
    public func age(_ ticket: Ticket, by settings: LifecycleSettings, actor: Actor, at time: Timestamp) -> TicketChange {
        guard let move = nextMove(of: ticket, by: settings), move.dueAt <= time, lifecycle.allows(ticket.state, to: move.target) else {
            return TicketChange(before: ticket, after: ticket, events: [])
        }
        let moved = TicketEvent.StateChanged(from: ticket.state, to: move.target, cause: move.cause)
        return TicketChange(of: ticket, by: actor, at: time, [.stateChanged(moved)])
    }

    /// Tells that a ticket is going to be closed soon, once while it is resolved. No events where it is not that late yet, or so late that it is closed now,
    /// or where it was told, or the tenant does not want it.
    public func warnOfClosing(_ ticket: Ticket, by settings: LifecycleSettings, actor: Actor, at time: Timestamp) -> TicketChange {
        guard let days = settings.warnBeforeClosingDays, ticket.closingToldAt == nil, ticket.state == .resolved,
            let closing = nextMove(of: ticket, by: settings), closing.dueAt > time,
            closing.dueAt.adding(microseconds: -Int64(days) * Self.day) <= time
        else { return .unchanged(ticket) }
        return TicketChange(of: ticket, by: actor, at: time, [.closingSoon(TicketEvent.ClosingSoon(closesAt: closing.dueAt))])
    }

    private func nextMove(
        of ticket: Ticket,
        by settings: LifecycleSettings
    ) -> (target: TicketState, cause: TicketEvent.StateChanged.Cause, dueAt: Timestamp)? {
        switch ticket.state {
        case .resolved:
            guard let days = settings.closeResolvedAfterDays, let since = ticket.resolvedAt else { return nil }
            return (.closed, .autoClose, since.adding(microseconds: Int64(days) * Self.day))
        case .closed:
            guard let days = settings.archiveClosedAfterDays, let since = ticket.closedAt else { return nil }
            return (.archived, .autoArchive, since.adding(microseconds: Int64(days) * Self.day))
        default:
            return nil
        }
    }

    private static let day: Int64 = 86_400_000_000
}
