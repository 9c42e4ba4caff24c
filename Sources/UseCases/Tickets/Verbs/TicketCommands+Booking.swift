public import Domain
import Store

/// Resources for tickets (features.md A3.14).
extension TicketCommands {
    /// An id for a booking, made before it so that the answer to a repeated request names the same one.
    public func newBooking() -> BookingID { environment.identifiers.next() }

    /// Keeps a resource for a ticket. Of bookings that overlap exactly one is made, however parallel they come: the resource's row is their lock.
    public func book(
        _ request: TicketRequest,
        resource: ResourceID,
        booking: BookingID,
        interval: Booking.Interval
    ) async throws -> CommandOutcome {
        try await change(request) { situation in
            try require(interval, at: situation.now)
            let (tenant, actor) = (situation.tenant, request.actor)
            var checks = StatementList()
            let locked = checks.add(LockResource(tenant: tenant, resource: resource))
            // A statement of its own behind the lock: it sees what others booked meanwhile.
            let overlap = checks.add(FindOverlap(tenant: tenant, resource: resource, interval: interval))
            let live = checks.add(CountLiveBookings(tenant: tenant, ticket: request.ticket, time: situation.now))
            let result = try await situation.transaction.run(checks)
            guard try result.first(locked) != nil else {
                throw UseCaseError.invalid([.unknown("active resource", at: "/resource_id")])
            }
            guard try result.first(live) ?? 0 < Booking.maximumLive else {
                throw UseCaseError.invalid([
                    FieldProblem("", code: .limitReached, detail: "a ticket has at most \(Booking.maximumLive) bookings that are not over")
                ])
            }
            let booked = Booking(
                id: booking,
                ticketID: request.ticket,
                resourceID: resource,
                interval: interval,
                bookedBy: actor,
                bookedAt: max(situation.now, situation.ticket.updatedAt)
            )
            let change = try environment.rules.book(booked, for: situation.ticket, busy: try result.first(overlap), by: actor, at: situation.now)
            try await situation.transaction.run(InsertBooking(tenant: tenant, booking: booked))
            return change
        }
    }

    /// Frees what was booked.
    public func cancel(_ request: TicketRequest, booking: BookingID) async throws -> CommandOutcome {
        try await change(request) { situation in
            guard let booked = try await situation.transaction.first(of: LoadBooking(tenant: situation.tenant, ticket: request.ticket, id: booking))
            else { throw UseCaseError.notFound }
            let change = try environment.rules.cancel(booked, of: situation.ticket, by: request.actor, at: situation.now)
            try await situation.transaction.run(CancelBooking(tenant: situation.tenant, booking: booked, time: change.after.updatedAt))
            return change
        }
    }

    /// A change that closes its ticket gives up what is booked for it, in the same transaction; any other stays as it is.
    func givingUpBookings(_ change: TicketChange, in situation: Situation) async throws -> TicketChange {
        guard environment.rules.isClosing(change) else { return change }
        let giveUp = GiveUpBookings(tenant: situation.tenant, ticket: change.after.id, time: change.after.updatedAt)
        let given = try await situation.transaction.rows(of: giveUp)
        return environment.rules.giveUp(given.map { ($0.id, $0.resource) }, with: change)
    }

    private func require(_ interval: Booking.Interval, at now: Timestamp) throws(UseCaseError) {
        if interval.end <= interval.start {
            throw .invalid([FieldProblem("/ends_at", code: .outOfRange, detail: "must be after the start")])
        }
        if interval.end.microseconds(since: interval.start) > Booking.maximumLength {
            throw .invalid([FieldProblem("/ends_at", code: .outOfRange, detail: "may be at most 366 days after the start")])
        }
        if interval.end <= now { throw .invalid([FieldProblem("/ends_at", code: .inPast, detail: "must be in the future")]) }
    }
}
