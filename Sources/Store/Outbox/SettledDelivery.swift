import Postgres

/// What came of writing down an attempt.
public struct SettledDelivery: Hashable, Sendable {
    /// False when the lease was lost, or the same was written before: nothing was written.
    public let isWritten: Bool
    /// Whether this disabled the endpoint.
    public let disabledEndpoint: Bool

    init(_ row: RowView) throws(DecodeError) {
        isWritten = try row.decode(Bool.self, at: 0)
        disabledEndpoint = try row.decode(Bool.self, at: 1)
    }
}
