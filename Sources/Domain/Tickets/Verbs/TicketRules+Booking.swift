/// Resources for tickets (features.md A3.14).
extension TicketRules {
    /// - Parameter busy: a booking of the resource that overlaps, where there is one.
    public func book(_ booking: Booking, for ticket: Ticket, busy: Booking.Interval?, by actor: Actor, at time: Timestamp) throws(TicketRefusal)
        -> TicketChange
    {
        try requireUnsolved(ticket)
        if let busy { throw .verb(.resourceBusy(busy)) }
        let booked = TicketEvent.ResourceBooked(bookingID: booking.id, resourceID: booking.resourceID, interval: booking.interval)
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.resourceBooked(booked))])
    }

    /// Frees the resource, also where the ticket is done by now.
    public func cancel(_ booking: Booking, of ticket: Ticket, by actor: Actor, at time: Timestamp) throws(TicketRefusal) -> TicketChange {
        guard booking.cancelledAt == nil else { throw .verb(.bookingCancelled) }
        let cancelled = TicketEvent.BookingCancelled(bookingID: booking.id, resourceID: booking.resourceID)
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.bookingCancelled(cancelled))])
    }

    /// Whether a change ends the ticket's life, and with it its bookings.
    public func isClosing(_ change: TicketChange) -> Bool {
        guard let before = change.before, lifecycle.category(of: change.after.state) == .closed else { return false }
        return lifecycle.category(of: before.state) != .closed
    }

    /// Gives up what is still booked for a ticket that a change closes, as part of the same change and by the same actor.
    ///
    /// - Parameter bookings: those that are not over.
    public func giveUp(_ bookings: [(id: BookingID, resource: ResourceID)], with change: TicketChange) -> TicketChange {
        guard let actor = change.events.last?.actor, !bookings.isEmpty else { return change }
        let payloads = bookings.sorted { $0.id < $1.id }.map { booking in
            TicketEvent.Payload.verb(
                .bookingCancelled(TicketEvent.BookingCancelled(bookingID: booking.id, resourceID: booking.resource, cause: .ticketClosed))
            )
        }
        return change.appending(payloads, by: actor)
    }
}
