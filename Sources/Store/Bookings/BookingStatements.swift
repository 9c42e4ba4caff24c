public import Domain
public import Postgres

/// Locks a resource that can be booked until the transaction ends; no row where there is none.
public struct LockResource: Statement {
    public typealias Row = ResourceID
    public static let sql = "SELECT id FROM docket.resource WHERE tenant_id = $1 AND id = $2 AND active FOR UPDATE"
    let tenant: TenantID
    let resource: ResourceID

    public init(tenant: TenantID, resource: ResourceID) {
        self.tenant = tenant
        self.resource = resource
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(resource)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> ResourceID {
        try row.decode(ResourceID.self, at: 0)
    }
}

/// The first booking of a resource, which the transaction has locked, that overlaps an interval.
public struct FindOverlap: Statement {
    public typealias Row = Booking.Interval
    public static let sql = """
        SELECT starts_at, ends_at FROM docket.booking
        WHERE tenant_id = $1 AND resource_id = $2 AND cancelled_at IS NULL AND starts_at < $4 AND ends_at > $3 ORDER BY ends_at, id LIMIT 1
        """
    let tenant: TenantID
    let resource: ResourceID
    let interval: Booking.Interval

    public init(tenant: TenantID, resource: ResourceID, interval: Booking.Interval) {
        self.tenant = tenant
        self.resource = resource
        self.interval = interval
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(resource)
        binder.append(interval.start)
        binder.append(interval.end)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Booking.Interval {
        var columns = ColumnReader(row)
        return Booking.Interval(start: try columns.next(), end: try columns.next())
    }
}

/// Records a booking.
public struct InsertBooking: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.booking (tenant_id, id, ticket_id, resource_id, starts_at, ends_at, booked_by_kind, booked_by_id, booked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """
    let tenant: TenantID
    let booking: Booking

    public init(tenant: TenantID, booking: Booking) {
        self.tenant = tenant
        self.booking = booking
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(booking.id)
        binder.append(booking.ticketID)
        binder.append(booking.resourceID)
        binder.append(booking.interval.start)
        binder.append(booking.interval.end)
        binder.append(booking.bookedBy.kind.rawValue)
        binder.append(booking.bookedBy.id)
        binder.append(booking.bookedAt)
    }
}

/// How many bookings of a ticket are not over at a time; the ticket's row is locked.
public struct CountLiveBookings: Statement {
    public static let sql = """
        SELECT count(*) FROM docket.booking WHERE tenant_id = $1 AND ticket_id = $2 AND cancelled_at IS NULL AND ends_at > $3
        """
    let tenant: TenantID
    let ticket: TicketID
    let time: Timestamp

    public init(tenant: TenantID, ticket: TicketID, time: Timestamp) {
        self.tenant = tenant
        self.ticket = ticket
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(time)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int64.self, at: 0))
    }
}

/// Frees the resources of all bookings of a ticket that are not over at a time.
public struct GiveUpBookings: Statement {
    public struct Row: Sendable {
        public let id: BookingID
        public let resource: ResourceID
    }

    public static let sql = """
        UPDATE docket.booking SET cancelled_at = $3 WHERE tenant_id = $1 AND ticket_id = $2 AND cancelled_at IS NULL AND ends_at > $3
        RETURNING id, resource_id
        """
    let tenant: TenantID
    let ticket: TicketID
    let time: Timestamp

    public init(tenant: TenantID, ticket: TicketID, time: Timestamp) {
        self.tenant = tenant
        self.ticket = ticket
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(time)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(id: try row.decode(BookingID.self, at: 0), resource: try row.decode(ResourceID.self, at: 1))
    }
}

/// Frees the resource of a booking.
public struct CancelBooking: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.booking SET cancelled_at = $4 WHERE tenant_id = $1 AND ticket_id = $2 AND id = $3 AND cancelled_at IS NULL
        """
    let tenant: TenantID
    let booking: Booking
    let time: Timestamp

    public init(tenant: TenantID, booking: Booking, time: Timestamp) {
        self.tenant = tenant
        self.booking = booking
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(booking.ticketID)
        binder.append(booking.id)
        binder.append(time)
    }
}
