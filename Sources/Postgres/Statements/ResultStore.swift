import CLibPQ

/// Owns the libpq results of one unit.
///
/// The reactor fills it before anybody else sees it and never touches it after; from then on it is read-only. libpq allows that: "PGresult
/// objects are normally read-only after creation, and so can be passed around freely between threads" (Behavior in Threaded Programs).
final class ResultStore: @unchecked Sendable {
    let entries: [PostgresUnit.Entry]
    private var results: [OpaquePointer?]

    init(entries: [PostgresUnit.Entry]) {
        self.entries = entries
        results = Array(repeating: nil, count: entries.count)
    }

    deinit {
        for result in results {
            PQclear(result)
        }
    }

    subscript(index: Int) -> OpaquePointer? {
        index < results.count ? results[index] : nil
    }

    /// Takes over a result. Called by the connection, on the reactor, while the unit is in flight.
    func keep(_ result: OpaquePointer, at index: Int) {
        PQclear(results[index])
        results[index] = result
    }
}
