import CLibPQ
import Logging

/// Opens connections: blocks, so it runs on threads of its own.
struct Connector: Sendable {
    let configuration: PostgresConfiguration
    let logger: Logger

    /// Whether sessions get the configured timeouts; the migrator sets its own.
    var setsTimeouts = true

    /// Copies have it in common.
    private let lastHost = LastHost()

    /// The first host that accepts and takes writes: the one that did so the last time, then in order. A host that swallows what it is sent would else cost
    /// each new connection its timeout. Throws `connectFailed` with each host's reason.
    func connect() throws(PostgresError) -> ConnectionHandle {
        var reasons: [String] = []
        var sqlState: String?
        for host in lastHost.first(of: configuration.hosts) {
            do {
                let handle = try connect(to: host)
                lastHost.note(host)
                return handle
            } catch {
                reasons.append(error.message)
                sqlState = error.sqlState ?? sqlState
            }
        }
        throw PostgresError(.connectFailed, reasons.joined(separator: "; "), sqlState: sqlState)
    }

    private func connect(to host: PostgresHost) throws(PostgresError) -> ConnectionHandle {
        let settings = parameters(for: host)
        guard let pointer = Self.open(settings) else { throw PostgresError(.connectFailed, "out of memory") }
        let handle = ConnectionHandle(pointer, host: host, logger: logger)
        guard PQstatus(pointer) == CONNECTION_OK else { throw PostgresError(.connectFailed, handle.errorMessage) }
        if configuration.requiresReadWrite, let name = handle.readOnlyParameter {
            throw PostgresError(.connectFailed, "\(host) takes no writes (\(name))", sqlState: "25006")
        }
        return handle
    }

    private func parameters(for host: PostgresHost) -> [(String, String)] {
        let timeouts = configuration.timeouts
        let sslMode = configuration.sslMode ?? SSLMode.standard(for: host)
        var settings: [(String, String)] = [
            ("host", host.name), ("port", String(host.port)), ("user", configuration.user), ("dbname", configuration.database),
            ("application_name", configuration.applicationName), ("client_encoding", "UTF8"), ("sslmode", sslMode.rawValue),
            ("gssencmode", "disable"),
            ("connect_timeout", String(max(2, timeouts.connect.wholeMilliseconds / 1000))),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "10000"),
        ]
        if let password = configuration.password { settings.append(("password", password.reveal())) }
        if sslMode.verifies { settings.append(("sslrootcert", configuration.sslRootCertificate ?? "/etc/ssl/certs/ca-certificates.crt")) }
        if setsTimeouts, timeouts.sendsStartupOptions {
            let options =
                "-c statement_timeout=\(timeouts.statement.wholeMilliseconds) -c lock_timeout=\(timeouts.lock.wholeMilliseconds) "
                + "-c idle_in_transaction_session_timeout=\(timeouts.idleInTransaction.wholeMilliseconds) "
                + "-c client_connection_check_interval=\(timeouts.connectionCheck.wholeMilliseconds)"
            settings.append(("options", options))
        }
        return settings
    }

    private static func open(_ settings: [(String, String)]) -> OpaquePointer? {
        withCStrings(settings.map(\.0)) { keys in
            withCStrings(settings.map(\.1)) { values in
                PQconnectdbParams(keys, values, 0)
            }
        }
    }

    /// Calls `body` with the strings as a null-terminated list of C strings.
    private static func withCStrings<Value>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> Value) -> Value {
        let bytes = strings.flatMap { Array($0.utf8CString) }
        return bytes.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var offset = 0
            for string in strings {
                pointers.append(buffer.baseAddress.map { $0 + offset })
                offset += string.utf8CString.count
            }
            pointers.append(nil)
            return body(pointers)
        }
    }
}
