/// What one command does to one ticket: the state before and after, the events in between, and the message it adds.
public struct TicketChange: Hashable, Sendable {
    /// nil when the command creates the ticket.
    public let before: Ticket?
    public let after: Ticket
    /// Empty when the command changes nothing.
    public let events: [TicketEvent]
    public let message: TicketMessage?

    public init(before: Ticket?, after: Ticket, events: [TicketEvent], message: TicketMessage? = nil) {
        self.before = before
        self.after = after
        self.events = events
        self.message = message
    }

    /// The change of a command that finds nothing to do.
    public static func unchanged(_ ticket: Ticket) -> TicketChange {
        TicketChange(before: ticket, after: ticket, events: [])
    }

    /// Whether the command changes nothing.
    public var isEmpty: Bool { events.isEmpty }

    /// Applies `payloads` one after the other as one command: one version, consecutive event numbers, one instant.
    ///
    /// The instant always lies behind the ticket's last event, also where the clock stands still or is set back: the times of changes grow as their
    /// order does, and clocks that follow change by change are those that follow from the whole history (sla.md, "Same instant order").
    public init(of ticket: Ticket, by actor: Actor, at time: Timestamp, message: TicketMessage? = nil, _ payloads: [TicketEvent.Payload]) {
        var after = ticket
        var events: [TicketEvent] = []
        let instant = max(time, ticket.updatedAt.adding(microseconds: 1))
        for payload in payloads {
            let event = TicketEvent(
                ticketID: ticket.id,
                sequence: after.lastSequence + 1,
                version: ticket.version + 1,
                at: instant,
                actor: actor,
                payload: payload
            )
            after = after.applying(event)
            events.append(event)
        }
        self.init(before: ticket, after: after, events: events, message: message)
    }

    /// This change with more events of the same command at its end.
    public func appending(_ payloads: [TicketEvent.Payload], by actor: Actor) -> TicketChange {
        var after = self.after
        var events = self.events
        for payload in payloads {
            let event = TicketEvent(
                ticketID: after.id,
                sequence: after.lastSequence + 1,
                version: events.first?.version ?? after.version + 1,
                at: after.updatedAt,
                actor: actor,
                payload: payload
            )
            after = after.applying(event)
            events.append(event)
        }
        return TicketChange(before: before, after: after, events: events, message: message)
    }

    /// A creation with the promise that applies to the new ticket written into its first event.
    public func promising(_ policy: SLAPolicyReference?, calendar: CalendarReference?, source: SLACalendarChoice.Source? = nil) -> TicketChange {
        guard let first = events.first, case .created(var created) = first.payload else { return self }
        created.policy = policy
        created.calendar = calendar
        created.calendarSource = source
        let event = TicketEvent(
            ticketID: first.ticketID,
            sequence: first.sequence,
            version: first.version,
            at: first.at,
            actor: first.actor,
            payload: .created(created)
        )
        return TicketChange(before: before, after: after, events: [event] + events.dropFirst(), message: message)
    }
}
