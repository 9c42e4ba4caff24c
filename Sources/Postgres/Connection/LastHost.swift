import Synchronization

/// The host that a connector last connected to.
final class LastHost: Sendable {
    private let host = Mutex<PostgresHost?>(nil)

    func note(_ host: PostgresHost) {
        self.host.withLock { $0 = host }
    }

    /// The hosts in the order in which to try them.
    func first(of hosts: [PostgresHost]) -> [PostgresHost] {
        guard let last = host.withLock({ $0 }), hosts.contains(last) else { return hosts }
        return [last] + hosts.filter { $0 != last }
    }
}
