/// Months of a history table that got no partition; the others did.
public struct PartitionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let table: MonthlyTable
    public let months: Int
    /// Why the last of them got none, in the server's words: names of tables and their states, no rows.
    public let reason: String

    public var description: String { "\(months) months of \(table.rawValue) got no partition: \(reason)" }
}
