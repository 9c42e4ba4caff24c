/// libpq's `sslmode`.
public enum SSLMode: String, Sendable, CaseIterable {
    case disable
    case allow
    case prefer
    case require
    case verifyCA = "verify-ca"
    case verifyFull = "verify-full"

    /// What is used for a host when nothing is set: everything verified, except where nothing can listen.
    static func standard(for host: PostgresHost) -> SSLMode {
        host.isLocal ? .disable : .verifyFull
    }

    var verifies: Bool { self == .verifyCA || self == .verifyFull }
}
