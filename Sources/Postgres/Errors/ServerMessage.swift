import CLibPQ

/// Reads the error fields of a libpq result, leaving out whatever may hold row data.
enum ServerMessage {
    static let stalePlan = "the schema changed under a prepared statement"

    static func error(of result: OpaquePointer, statementName: String?) -> PostgresError {
        let state = field(result, CLIBPQ_DIAG_SQLSTATE)
        let primary = field(result, CLIBPQ_DIAG_MESSAGE) ?? "the server reported an error without a message"
        return PostgresError(
            kind(state: state, severity: field(result, CLIBPQ_DIAG_SEVERITY)),
            message(primary, state: state, function: field(result, CLIBPQ_DIAG_SOURCE_FUNCTION)),
            sqlState: state,
            constraint: field(result, CLIBPQ_DIAG_CONSTRAINT),
            table: field(result, CLIBPQ_DIAG_TABLE),
            statementName: statementName
        )
    }

    /// A FATAL message ends the session, and its transaction with it. libpq's own errors (a broken socket) have no SQLSTATE.
    private static func kind(state: String?, severity: String?) -> PostgresError.Kind {
        guard let state else { return .connectionLost }
        return severity == "FATAL" || severity == "PANIC" || state.hasPrefix("08") ? .connectionLost : .server
    }

    /// Messages of class 22 quote the bad value, and those of P0001 are whatever a function raised: neither may reach a log.
    private static func message(_ primary: String, state: String?, function: String?) -> String {
        guard let state else { return trimmed(primary) }
        if state == "0A000", function == "RevalidateCachedQuery" { return stalePlan }
        if state.hasPrefix("22") { return "a value is invalid or out of range" }
        if state.hasPrefix("P0") { return "a function of the database refused" }
        return primary
    }

    static func field(_ result: OpaquePointer, _ code: Int32) -> String? {
        PQresultErrorField(result, code).map { String(cString: $0) }
    }

    /// libpq ends its messages with a line feed and may put several lines into one.
    static func trimmed(_ text: String) -> String {
        text.split(separator: "\n").joined(separator: "; ")
    }
}
