import Synchronization

/// What the types of problems begin with, so that they are absolute addresses (api.md 2, RFC 9457 3.1.1): the public address of the API, else the one on which
/// it listens, which is known once it does where the system chooses the port. Empty as long as there is none: then they are relative to the server.
final class ProblemAddress: Sendable {
    private let host: String
    private let known: Mutex<String>

    init(_ configuration: APIServerConfiguration) {
        host = configuration.host
        known = Mutex(configuration.address?.text ?? "")
    }

    var text: String { known.withLock { $0 } }

    /// The server listens now.
    func bind(to port: Int) {
        known.withLock { known in
            if known.isEmpty { known = PublicURL(host: host, port: port)?.text ?? "" }
        }
    }
}
