public import Domain
public import Postgres

/// One booking of a ticket.
public struct LoadBooking: Statement {
    public typealias Row = Booking
    public static let sql = "SELECT \(BookingColumns.list) FROM docket.booking WHERE tenant_id = $1 AND ticket_id = $2 AND id = $3"
    let tenant: TenantID
    let ticket: TicketID
    let id: BookingID

    public init(tenant: TenantID, ticket: TicketID, id: BookingID) {
        self.tenant = tenant
        self.ticket = ticket
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Booking {
        try BookingColumns.decode(row)
    }
}

/// A ticket's bookings in the order of their ids after `after`, cancelled ones too, a page at a time.
public struct LoadTicketBookings: Statement {
    public typealias Row = Booking
    public static let sql = """
        SELECT \(BookingColumns.list) FROM docket.booking WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 ORDER BY id LIMIT $4
        """
    let page: TicketPage<Entity.Booking>

    public init(tenant: TenantID, ticket: TicketID, after: BookingID? = nil, limit: Int) {
        page = TicketPage(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        page.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Booking {
        try BookingColumns.decode(row)
    }
}

/// What a resource is booked for, in the order of the ends, from the first that ends after a time on.
public struct LoadResourceBookings: Statement {
    public typealias Row = Booking
    public static let sql = """
        SELECT \(BookingColumns.list) FROM docket.booking
        WHERE tenant_id = $1 AND resource_id = $2 AND cancelled_at IS NULL AND (ends_at, id) > ($3, $4) ORDER BY ends_at, id LIMIT $5
        """
    let tenant: TenantID
    let resource: ResourceID
    let after: (end: Timestamp, id: BookingID)
    let limit: Int

    public init(tenant: TenantID, resource: ResourceID, after: (end: Timestamp, id: BookingID), limit: Int) {
        self.tenant = tenant
        self.resource = resource
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(resource)
        binder.append(after.end)
        binder.append(after.id)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Booking {
        try BookingColumns.decode(row)
    }
}

enum BookingColumns {
    static let list = "id, ticket_id, resource_id, starts_at, ends_at, booked_by_kind, booked_by_id, booked_at, cancelled_at"

    static func decode(_ row: RowView) throws(DecodeError) -> Booking {
        var columns = ColumnReader(row)
        return Booking(
            id: try columns.next(),
            ticketID: try columns.next(),
            resourceID: try columns.next(),
            interval: Booking.Interval(start: try columns.next(), end: try columns.next()),
            bookedBy: Actor(kind: try columns.nextCode(), id: try columns.nextOptional()),
            bookedAt: try columns.next(),
            cancelledAt: try columns.nextOptional()
        )
    }
}
