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
        reading: "getBooking",
        "bookings/{booking_id}",
        summary: "Shows a booking"
    )
    static let list = Endpoint<TicketPath, PageQuery, NoBody, Page<BookingResource>>(
        reading: "listTicketBookings",
        "bookings",
        summary: "Lists a ticket's bookings, cancelled ones too"
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
        command: "cancelBooking",
        "bookings/{booking_id}/cancel",
        summary: "Gives a booking up",
        scope: .ticketsBook
    )

    static let operations = [book.operation, get.operation, list.operation, cancel.operation, listOfResource.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        addCommands(to: &routes, environment)
        let queries = environment.ticketQueries
        routes.add(get) { call in
            .ok(BookingResource(try await queries.booking(call.path.id, of: call.path.ticket, in: call.principal.tenantID)))
        }
        routes.add(list) { call in
            try await call.page(id: \.id, item: { BookingResource($0) }) { after, limit in
                try await queries.bookings(of: call.path.id, in: call.principal.tenantID, after: after, limit: limit)
            }
        }
        routes.add(listOfResource) { call in
            let page = call.query.page
            let rows = try await queries.bookings(
                of: call.path.id,
                in: call.principal.tenantID,
                after: page.afterTime(Entity.Booking.self).map { (end: $0.time, id: $0.id) },
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor($0.interval.end, $0.id) }) { BookingResource($0) })
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
            return try await call.command(on: call.path.id, environment, answer: answer) {
                try await environment.tickets.book($0, resource: call.body.resource, booking: id, interval: call.body.interval)
            }
        }
        routes.add(cancel) { call in
            try await call.command(on: call.path.ticket, environment) {
                try await environment.tickets.cancel($0, booking: call.path.id)
            }
        }
    }
}
