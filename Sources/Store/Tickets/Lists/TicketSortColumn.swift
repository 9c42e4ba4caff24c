public import Domain
public import Postgres

/// A column by which lists of tickets can be ordered; an index leads with the tenant and it.
public protocol TicketSortColumn: Sendable {
    static var name: String { get }
    /// Appends a value to compare with; one beyond the column's range counts as its end.
    static func bind(_ key: Int64, into binder: inout Binder)
    static func key(of ticket: Ticket) -> Int64
}

/// The columns of the ticket itself.
public enum TicketSortColumns {
    public enum CreatedAt: TicketSortColumn {
        public static let name = "created_at"
        public static func bind(_ key: Int64, into binder: inout Binder) { binder.append(Timestamp(sortKey: key)) }
        public static func key(of ticket: Ticket) -> Int64 { ticket.createdAt.microseconds }
    }

    public enum Priority: TicketSortColumn {
        public static let name = "priority"
        public static func bind(_ key: Int64, into binder: inout Binder) { binder.append(Int16(clamping: key)) }
        public static func key(of ticket: Ticket) -> Int64 { Int64(ticket.content.priority.rawValue) }
    }

    public enum Number: TicketSortColumn {
        public static let name = "number"
        public static func bind(_ key: Int64, into binder: inout Binder) { binder.append(key) }
        public static func key(of ticket: Ticket) -> Int64 { ticket.number }
    }
}

extension Timestamp {
    /// Held between year 1 and 9999-12-31: what PostgreSQL takes, and beyond every ticket.
    init(sortKey microseconds: Int64) {
        self.init(microseconds: min(max(microseconds, -62_135_596_800_000_000), 253_370_764_800_000_000))
    }
}
