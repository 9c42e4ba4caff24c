/// A resource that is kept for a ticket for a time.
public struct Booking: Hashable, Sendable {
    /// From its start to just before its end.
    public struct Interval: Hashable, Sendable, Codable {
        public let start: Timestamp
        public let end: Timestamp

        public init(start: Timestamp, end: Timestamp) {
            self.start = start
            self.end = end
        }
    }

    public let id: BookingID
    public let ticketID: TicketID
    public let resourceID: ResourceID
    public let interval: Interval
    public let bookedBy: Actor
    public let bookedAt: Timestamp
    public let cancelledAt: Timestamp?

    /// The longest booking, in microseconds: a year.
    public static let maximumLength: Int64 = 366 * 86_400_000_000
    /// The most bookings of one ticket that are not over: closing it gives them up in one change.
    public static let maximumLive = 100

    public init(
        id: BookingID,
        ticketID: TicketID,
        resourceID: ResourceID,
        interval: Interval,
        bookedBy: Actor,
        bookedAt: Timestamp,
        cancelledAt: Timestamp? = nil
    ) {
        self.id = id
        self.ticketID = ticketID
        self.resourceID = resourceID
        self.interval = interval
        self.bookedBy = bookedBy
        self.bookedAt = bookedAt
        self.cancelledAt = cancelledAt
    }
}
