import Domain

/// `{"resource_id": …, "starts_at": …, "ends_at": …}`
struct CreateBooking: RequestObject {
    static let resource = RequestField("resource_id", .id(Entity.Resource.self), "What is booked.")
    static let start = RequestField("starts_at", .timestamp, "From when.")
    static let end = RequestField("ends_at", .timestamp, "Until just before when; in the future, at most 366 days after the start.")
    static let schema = JSONSchema.object("CreateBooking", [resource.required, start.required, end.required], isClosed: true)

    let resource: ResourceID
    let interval: Booking.Interval

    init?(from reader: inout ObjectReader) {
        let resource = reader.required(Self.resource)
        let start = reader.required(Self.start)
        let end = reader.required(Self.end)
        guard let resource, let start, let end else { return nil }
        self.resource = resource
        interval = Booking.Interval(start: start, end: end)
    }
}

/// `/v1/tickets/{ticket_id}/bookings/{booking_id}`
struct BookingPath: PathParameters {
    static let field = PathField("booking_id", .id(Entity.Booking.self), "The booking's id.")
    static let parameters = [TicketPath.field.parameter, field.parameter]
    let ticket: TicketID
    let id: BookingID

    init(from reader: PathReader) throws(Problem) {
        ticket = try reader.value(TicketPath.field)
        id = try reader.value(Self.field)
    }
}

/// A booking as the API shows it.
struct BookingResource: ResponseObject {
    let booking: Booking

    init(_ booking: Booking) {
        self.booking = booking
    }

    var location: String { "/v1/tickets/\(booking.ticketID)/bookings/\(booking.id)" }

    static let schema = JSONSchema.object(
        "Booking",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("ticket_id", .id, "For which ticket."),
            JSONProperty("resource_id", .id, "What is booked."),
            JSONProperty("starts_at", .timestamp, "From when."),
            JSONProperty("ends_at", .timestamp, "Until just before when."),
            JSONProperty("booked_by", EventResource.actorSchema, "By whom."),
            JSONProperty("booked_at", .timestamp, "When that was."),
            JSONProperty("cancelled_at", .timestamp.nullable, "When it was given up."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", booking.id)
            writer.field("ticket_id", booking.ticketID)
            writer.field("resource_id", booking.resourceID)
            writer.field("starts_at", booking.interval.start)
            writer.field("ends_at", booking.interval.end)
            writer.name("booked_by")
            writer.object { writer in
                writer.field("type", booking.bookedBy.kind.rawValue)
                writer.field("id", booking.bookedBy.id)
            }
            writer.field("booked_at", booking.bookedAt)
            writer.field("cancelled_at", booking.cancelledAt)
        }
    }
}
