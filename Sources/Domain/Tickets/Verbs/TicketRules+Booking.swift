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
}
