extension PostgresError {
    /// 23505, on the constraint that `constraint` names.
    public var isUniqueViolation: Bool { sqlState == "23505" }

    /// 23503.
    public var isForeignKeyViolation: Bool { sqlState == "23503" }

    /// 23514.
    public var isCheckViolation: Bool { sqlState == "23514" }

    /// 55P03: a lock was not free within `lock_timeout`, or NOWAIT was asked for.
    public var isLockNotAvailable: Bool { sqlState == "55P03" }

    /// 57014: `statement_timeout`, or a cancel request.
    public var isQueryCanceled: Bool { sqlState == "57014" }

    /// The connection was lost and nothing was committed.
    public var isConnectionLost: Bool { kind == .connectionLost }

    /// The connection was lost and the transaction may have committed.
    public var isOutcomeUnknown: Bool { kind == .outcomeUnknown }

    /// The database has no room or is not there: the caller should shed the request (503) or come back later.
    public var isUnavailable: Bool {
        kind == .poolTimeout || kind == .poolFull || kind == .unavailable || kind == .shutDown
    }

    /// All connections are taken: no word about the database.
    public var isForWantOfRoom: Bool { kind == .poolTimeout || kind == .poolFull }

    /// A prepared statement that the server forgot (26000), or whose plan a schema change made invalid. Nothing of its
    /// unit was done, and the connection prepares it anew the next time.
    public var isStalePlan: Bool { sqlState == "26000" || message == ServerMessage.stalePlan }

    /// The message for a server that does not answer within the deadline.
    static let frozenServer = "the server did not answer within the deadline"

    /// The server is read-only, going down or starting: this connection is of no more use (scale.md 3), and what it refused was not done.
    public var condemnsConnection: Bool {
        guard let sqlState else { return false }
        return sqlState == "25006" || sqlState == "57P01" || sqlState == "57P02" || sqlState == "57P03" || sqlState.hasPrefix("08")
    }
}

extension PostgresError: CustomStringConvertible {
    public var description: String {
        var text = "\(kind)"
        if let sqlState { text += " \(sqlState)" }
        text += ": \(message)"
        if let statementName { text += " [statement \(statementName)]" }
        if let table { text += " [table \(table)]" }
        if let constraint { text += " [constraint \(constraint)]" }
        return text
    }
}
