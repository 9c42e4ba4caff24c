import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Features.md A3.14: a resource is booked once at a time.
@Suite struct BookingTests {
    private func resource(_ desk: VerbDesk, isActive: Bool = true) async throws -> ResourceID {
        let resource: ResourceID = IdentifierSource().next()
        try await desk.database.sql(
            """
            INSERT INTO docket.resource (tenant_id, id, name, type, active, created_at, updated_at)
                VALUES ('\(desk.tenant.id)', '\(resource)', '\(resource)', 'licence', \(isActive), docket.now(), docket.now());
            """
        )
        return resource
    }

    /// Hours from a day in the future on.
    private func hours(_ start: Int64, _ end: Int64) -> Booking.Interval {
        let day: Int64 = 3_786_912_000_000_000
        return Booking.Interval(
            start: Timestamp(microseconds: day + start * 3_600_000_000),
            end: Timestamp(microseconds: day + end * 3_600_000_000)
        )
    }

    private func book(_ resource: ResourceID, _ id: TicketID, _ interval: Booking.Interval, _ desk: VerbDesk) async throws -> BookingID {
        let booking = desk.commands.newBooking()
        _ = try await desk.commands.book(TicketRequest(id, in: desk.tenant.id, by: .system), resource: resource, booking: booking, interval: interval)
        return booking
    }

    @Test("Overlaps are refused with the interval that is in the way; neighbours, other resources and cancelled times are free")
    func overlaps() async throws {
        try await VerbDesk.with { desk in
            let (first, second) = (try await resource(desk), try await resource(desk))
            let (a, b) = (try await desk.ticket(), try await desk.ticket())
            let booking = try await book(first, a, hours(10, 12), desk)
            for (start, end) in [(10, 12), (9, 11), (11, 13), (11, 12), (9, 13)] as [(Int64, Int64)] {
                try await desk.expectRefusal(.verb(.resourceBusy(hours(10, 12))), of: b) {
                    try await desk.commands.book(
                        TicketRequest(b, in: desk.tenant.id, by: .system),
                        resource: first,
                        booking: desk.commands.newBooking(),
                        interval: hours(start, end)
                    )
                }
            }
            _ = try await book(first, b, hours(8, 10), desk)
            _ = try await book(first, b, hours(12, 13), desk)
            _ = try await book(second, b, hours(10, 12), desk)
            _ = try await desk.commands.cancel(TicketRequest(a, in: desk.tenant.id, by: .system), booking: booking)
            try await desk.expectRefusal(.verb(.bookingCancelled), of: a) {
                try await desk.commands.cancel(TicketRequest(a, in: desk.tenant.id, by: .system), booking: booking)
            }
            _ = try await book(first, b, hours(11, 12), desk)
            #expect(try await desk.kinds(a, last: 2) == ["ticket.resource_booked", "ticket.booking_cancelled"])
            let next = try await desk.queries.bookings(of: first, in: desk.tenant.id, after: nil, limit: 10)
            #expect(next.map(\.interval) == [hours(8, 10), hours(11, 12), hours(12, 13)])
            for id in [a, b] { try await desk.expectConsistent(id) }
        }
    }

    @Test("Of many bookings of one time at once exactly one is made")
    func parallel() async throws {
        try await VerbDesk.with { desk in
            let resource = try await resource(desk)
            var tickets: [TicketID] = []
            for _ in 0..<20 { tickets.append(try await desk.ticket()) }
            let made = await withTaskGroup(of: Bool.self) { [tickets] group in
                for (index, ticket) in tickets.enumerated() {
                    group.addTask { (try? await book(resource, ticket, hours(Int64(index % 3), 4), desk)) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 1)
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.booking") == [["1"]])
        }
    }

    @Test("Closing gives bookings up in one change, and the row still follows from the history")
    func closing() async throws {
        try await VerbDesk.with { desk in
            let resource = try await resource(desk)
            let id = try await desk.ticket(assignedTo: desk.agents[0])
            for hour in 0..<3 { _ = try await book(resource, id, hours(Int64(hour), Int64(hour) + 1), desk) }
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
            #expect(try await desk.kinds(id, last: 1) == ["ticket.state_changed"])
            let resolved = try await desk.row(id)
            let closed = try desk.done(try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .closed))
            #expect(closed.version == resolved.version + 1 && closed.lastSequence == resolved.lastSequence + 4)
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.booking WHERE cancelled_at IS NULL") == [["0"]])
            try await desk.expectConsistent(id)
            // Archiving has nothing left to give up.
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .archived)
            #expect(try await desk.kinds(id, last: 1) == ["ticket.state_changed"])
            try await desk.expectConsistent(id)
        }
    }

    @Test("A ticket has only so many bookings that are not over")
    func bound() async throws {
        try await VerbDesk.with { desk in
            let resource = try await resource(desk)
            let id = try await desk.ticket()
            try await desk.database.sql(
                """
                INSERT INTO docket.booking (tenant_id, id, ticket_id, resource_id, starts_at, ends_at, booked_by_kind, booked_at)
                SELECT '\(desk.tenant.id)', gen_random_uuid(), '\(id)', '\(resource)', docket.now() + n * interval '1 day',
                    docket.now() + n * interval '1 day' + interval '1 hour', 'system', docket.now() FROM generate_series(1, 100) n
                """
            )
            do {
                _ = try await book(resource, id, hours(0, 1), desk)
                Issue.record("the booking should have failed")
            } catch UseCaseError.invalid(let problems) {
                #expect(problems.map(\.code) == [.limitReached])
            }
            try await desk.database.sql("UPDATE docket.booking SET cancelled_at = docket.now() WHERE starts_at < docket.now() + interval '2 days'")
            _ = try await book(resource, id, hours(0, 1), desk)
        }
    }

    @Test("Intervals that are none, resources that are none and solved tickets are refused")
    func refusals() async throws {
        try await VerbDesk.with { desk in
            let id = try await desk.ticket(assignedTo: desk.agents[0])
            let (open, closed) = (try await resource(desk), try await resource(desk, isActive: false))
            let past = Booking.Interval(start: Timestamp(microseconds: 0), end: Timestamp(microseconds: 1_000_000))
            for (resource, interval, pointer) in [
                (open, hours(2, 2), "/ends_at"), (open, hours(3, 2), "/ends_at"), (open, hours(0, 24 * 367), "/ends_at"), (open, past, "/ends_at"),
                (closed, hours(0, 1), "/resource_id"), (IdentifierSource().next(), hours(0, 1), "/resource_id"),
            ] {
                do {
                    _ = try await book(resource, id, interval, desk)
                    Issue.record("the booking should have failed")
                } catch UseCaseError.invalid(let problems) {
                    #expect(problems.map(\.pointer) == [pointer])
                }
            }
            let booking = try await book(open, id, hours(0, 1), desk)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
            try await desk.expectRefusal(.verb(.solved(.resolved)), of: id) {
                try await desk.commands.book(
                    TicketRequest(id, in: desk.tenant.id, by: .system),
                    resource: open,
                    booking: booking,
                    interval: hours(5, 6)
                )
            }
            _ = try await desk.commands.cancel(TicketRequest(id, in: desk.tenant.id, by: .system), booking: booking)
            try await desk.expectConsistent(id)
        }
    }
}
