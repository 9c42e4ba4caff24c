public import Domain
import Postgres

/// A ticket that is due to move on, and since when it has its state.
public struct AgedTicket: Hashable, Sendable {
    public let id: TicketID
    public let since: Timestamp

    /// Before every ticket: nothing was resolved before 1970.
    public static let none = AgedTicket(id: TicketID(high: 0, low: 0), since: Timestamp(microseconds: 0))

    init(id: TicketID, since: Timestamp) {
        self.id = id
        self.since = since
    }

    init(_ row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(id: try columns.next(), since: try columns.next())
    }
}
