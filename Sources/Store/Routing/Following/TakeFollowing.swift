public import Domain
public import Postgres

/// Locks a queue's lane to write a part of its entries anew, and tells how far that has come; no row where a pass or somebody else holds the lane.
public struct TakeFollowing: Statement {
    public struct Row: Sendable {
        /// After how many seconds the queue's entries move on; 0 where they stay, nil where some of them may say what held before an edit.
        public let overflowSeconds: Int?
        /// The last entry that was looked at; nil where none was.
        public let place: EntryPlace?
        /// Whether nobody was left when it began who makes entries by an older configuration.
        public let isSettled: Bool
    }

    public static let sql = """
        SELECT nullif(l.overflow_seconds, -1), l.follow_rank_at, l.follow_eligible_at, l.follow_ticket_id, l.follow_settled
        FROM docket.routing_lane l WHERE l.tenant_id = $1 AND l.queue_id = $2 FOR UPDATE SKIP LOCKED
        """
    let tenant: TenantID
    let queue: QueueID

    public init(tenant: TenantID, queue: QueueID) {
        self.tenant = tenant
        self.queue = queue
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let seconds = try columns.nextOptional(Int32.self).map(Int.init)
        let rankAt = try columns.nextOptional(Timestamp.self)
        let eligibleAt = try columns.nextOptional(Timestamp.self)
        let ticket = try columns.nextOptional(TicketID.self)
        var place: EntryPlace?
        if let rankAt, let eligibleAt, let ticket { place = EntryPlace(rankAt: rankAt, eligibleAt: eligibleAt, ticket: ticket) }
        return Row(overflowSeconds: seconds, place: place, isSettled: try columns.next())
    }
}

/// Whether no command is left that decides by an older version of the configuration than this one. To be asked before what such commands write is read.
public struct ConfigurationIsSettled: Statement {
    public typealias Row = Bool
    public static let sql = "SELECT docket.configuration_is_settled($1, $2)"
    let tenant: TenantID
    let version: Int64

    public init(tenant: TenantID, version: Int64) {
        self.tenant = tenant
        self.version = version
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(version)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
