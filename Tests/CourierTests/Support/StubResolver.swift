import Courier
import Synchronization

/// Answers names from a table, and counts how often it was asked.
final class StubResolver: HostResolver {
    private let table: [String: [String]]
    private let count = Mutex(0)

    init(_ table: [String: [String]]) {
        self.table = table
    }

    var queries: Int { count.withLock { $0 } }

    func addresses(of name: String) async throws(EgressError) -> [IPAddress] {
        count.withLock { $0 += 1 }
        let found = (table[name] ?? []).compactMap { IPAddress($0) }
        guard !found.isEmpty else { throw .unresolvable }
        return found
    }
}
