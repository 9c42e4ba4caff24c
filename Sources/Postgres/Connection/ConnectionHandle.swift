import CLibPQ
import Logging

/// Owns a libpq connection and closes it.
///
/// Unchecked because libpq lets one thread at a time use a connection: the thread that connects, until it hands over; then the reactor.
final class ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    let host: PostgresHost
    /// nil where the connection is encrypted: libpq would send the key of a cancel request in the clear (decision 46).
    let canceller: CancelHandle?
    private let notices: NoticeSink

    /// Takes over `pointer`.
    init(_ pointer: OpaquePointer, host: PostgresHost, logger: Logger) {
        self.pointer = pointer
        self.host = host
        canceller = PQsslInUse(pointer) == 1 ? nil : PQgetCancel(pointer).map { CancelHandle($0) }
        notices = NoticeSink(logger)
        // The sink lives as long as the connection: both end with this object.
        PQsetNoticeReceiver(
            pointer,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<NoticeSink>.fromOpaque(context).takeUnretainedValue().receive(result)
            },
            Unmanaged.passUnretained(notices).toOpaque()
        )
    }

    deinit {
        PQfinish(pointer)
    }

    /// Whether the server said, since the last call, that a commit did not wait for its synchronous replica.
    func takeReplicationWarning() -> Bool {
        notices.takeReplicationWarning()
    }

    /// What says that the server takes no writes; nil where it takes them. Both are reported by the server at startup, and again with the first answer after
    /// they change (PostgreSQL 14 and later).
    var readOnlyParameter: String? {
        ["in_hot_standby", "default_transaction_read_only"].first { name in PQparameterStatus(pointer, name).map { String(cString: $0) } == "on" }
    }

    /// What libpq last complained of, in one line.
    var errorMessage: String {
        let text = PQerrorMessage(pointer).map { ServerMessage.trimmed(String(cString: $0)) } ?? ""
        return text.isEmpty ? "the connection was lost" : text
    }
}

/// What a cancel request needs. libpq documents `PQcancel` as safe from any thread, and the object is never changed.
final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Asks the server to interrupt whatever the connection runs. Blocks until the server took the request.
    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        // A refused cancel changes nothing: the statement goes on to its own timeout.
        _ = PQcancel(pointer, &message, Int32(message.count))
    }
}

/// Receives the server's notices, which libpq would else print.
private final class NoticeSink {
    private let logger: Logger
    private var hasReplicationWarning = false

    init(_ logger: Logger) {
        self.logger = logger
    }

    func receive(_ result: OpaquePointer) {
        let function = ServerMessage.field(result, CLIBPQ_DIAG_SOURCE_FUNCTION)
        // "canceled wait for synchronous replication": committed here, perhaps nowhere else (reliability.md 1, Failover).
        if function == "SyncRepWaitForLSN" { hasReplicationWarning = true }
        // Without the text, which may hold row data.
        logger.debug(
            "notice from the database",
            metadata: [
                "severity": "\(ServerMessage.field(result, CLIBPQ_DIAG_SEVERITY) ?? "?")",
                "sqlstate": "\(ServerMessage.field(result, CLIBPQ_DIAG_SQLSTATE) ?? "?")",
                "function": "\(function ?? "?")",
            ]
        )
    }

    func takeReplicationWarning() -> Bool {
        defer { hasReplicationWarning = false }
        return hasReplicationWarning
    }
}
