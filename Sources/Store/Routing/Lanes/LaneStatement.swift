public import Postgres

/// A statement about one queue whose text can name the queue in either way of ``LaneTerms``.
public protocol LaneStatement: Statement {
    /// The statement's text.
    static func sql(of lane: LaneTerms) -> String

    /// Which of the terms suits it where a look has found the queue.
    static var foundTerms: LaneTerms { get }
}

extension LaneStatement {
    public static var foundTerms: LaneTerms { .found }
}

/// A statement about the queue that a look has found in the same transaction (``FindLane``); about none, where that did not find exactly one.
public struct OfFoundLane<S: LaneStatement>: Statement {
    public static var sql: String { S.sql(of: S.foundTerms) }
    private let own: [Int64]

    /// - Parameter own: the statement's own parameters.
    init(_ own: Int64...) {
        self.own = own
    }

    public func bind(into binder: inout Binder) {
        for value in own { binder.append(value) }
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> S.Row {
        try S.decode(row)
    }
}
