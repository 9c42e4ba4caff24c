import Domain
import HTTPTypes
import UseCases

/// Resources for tickets (features.md A3.14).
enum BookingEndpoints {
    static let book = Endpoint<TicketPath, NoQuery, CreateBooking, BookingResource>(
        "createBooking",
        .post,
        "/v1/tickets/{ticket_id}/bookings",
        tag: "tickets",
        summary: "Books a resource for a ticket",
        description: "A resource is booked once at a time: 409 tells in busy_from and busy_until which time is taken.",
        scope: .ticketsBook,
        idempotency: .optional,
        acceptsIfMatch: true,
        statuses: [.created],
        problems: [.conflict, .unavailable]
    )
    static let get = Endpoint<BookingPath, NoQuery, NoBody, BookingResource>(
        "getBooking",
        .get,
        "/v1/tickets/{ticket_id}/bookings/{booking_id}",
        tag: "tickets",
        summary: "Shows a booking",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let list = Endpoint<TicketPath, PageQuery, NoBody, Page<BookingResource>>(
        "listTicketBookings",
        .get,
        "/v1/tickets/{ticket_id}/bookings",
        tag: "tickets",
        summary: "Lists a ticket's bookings, cancelled ones too",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let listOfResource = Endpoint<DirectoryPath<ResourceContent>, PageQuery, NoBody, Page<BookingResource>>(
        "listResourceBookings",
        .get,
        "/v1/resources/{resource_id}/bookings",
        tag: "resources",
        summary: "Lists what a resource is booked for from now on, in the order of the ends",
        scope: .resourcesRead,
        problems: [.unavailable]
    )
    static let cancel = Endpoint<BookingPath, NoQuery, NoBody, TicketResource>(
        "cancelBooking",
        .post,
        "/v1/tickets/{ticket_id}/bookings/{booking_id}/cancel",
        tag: "tickets",
        summary: "Gives a booking up",
        scope: .ticketsBook,
        idempotency: .optional,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.conflict, .unavailable]
    )

    static let operations = [book.operation, get.operation, list.operation, cancel.operation, listOfResource.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        addCommands(to: &routes, environment)
        let queries = environment.ticketQueries
        routes.add(get) { call in
            .ok(BookingResource(try await queries.booking(call.path.id, of: call.path.ticket, in: call.principal.tenantID)))
        }
        routes.add(list) { call in
            let page = call.query.page
            let rows = try await queries.bookings(
                of: call.path.id,
                in: call.principal.tenantID,
                after: page.after(Entity.Booking.self),
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor($0.id) }) { BookingResource($0) })
        }
        routes.add(listOfResource) { call in
            let page = call.query.page
            let rows = try await queries.bookings(
                of: call.path.id,
                in: call.principal.tenantID,
                after: page.afterBooking,
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: Cursor.init(after:)) { BookingResource($0) })
        }
    }

    private static func addCommands(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(book) { call in
            let id = environment.tickets.newBooking()
            let answer: @Sendable (Ticket) -> Reply<BookingResource> = { ticket in
                let resource = BookingResource(
                    Booking(
                        id: id,
                        ticketID: ticket.id,
                        resourceID: call.body.resource,
                        interval: call.body.interval,
                        bookedBy: call.principal.actor,
                        bookedAt: ticket.updatedAt
                    )
                )
                return .created(resource, location: resource.location)
            }
            return try await tagging(call.path.id) {
                try await environment.tickets.book(
                    call.body.resource,
                    for: call.path.id,
                    booking: id,
                    interval: call.body.interval,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.id, environment),
                    idempotency: call.idempotency?.call(answer)
                ).reply(answer)
            }
        }
        routes.add(cancel) { call in
            try await tagging(call.path.ticket) {
                try await environment.tickets.cancel(
                    call.path.id,
                    of: call.path.ticket,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.ticket, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
    }
}

extension Cursor {
    fileprivate init(after booking: Booking) {
        self.init([.integer(booking.interval.end.microseconds), .uuid(high: booking.id.high, low: booking.id.low)])
    }
}

extension PageRequest {
    /// The last booking of the page before.
    fileprivate var afterBooking: (end: Timestamp, id: BookingID)? {
        guard let keys = after?.keys, keys.count == 2, case .integer(let end) = keys[0], case .uuid(let high, let low) = keys[1] else { return nil }
        return (Timestamp(microseconds: end), BookingID(high: high, low: low))
    }
}
