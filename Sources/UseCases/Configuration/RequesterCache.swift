import Domain
import Store
import Synchronization

/// What requesters bring to their tickets, kept in memory so that creating a ticket costs no round trip more.
///
/// A stale copy does no harm: ``RequireRequester`` aborts the command that used it, which forgets the copy and decides again.
public final class RequesterCache: Sendable {
    private struct Key: Hashable {
        let tenant: TenantID
        let requester: RequesterID
    }

    private let database: Database
    private let known = Mutex<[Key: RequesterFacts]>([:])

    /// Beyond this many the cache starts afresh: memory stays bounded, at some megabytes.
    static let maximumCount = 50_000

    init(database: Database) {
        self.database = database
    }

    /// From memory where it is known; nil where there is no such requester.
    ///
    /// - Throws: ``StoreError``.
    func facts(of requester: RequesterID, in tenant: TenantID) async throws -> RequesterFacts? {
        let key = Key(tenant: tenant, requester: requester)
        if let facts = known.withLock({ $0[key] }) { return facts }
        guard let facts = try await database.first(LoadRequesterFacts(tenant: tenant, requester: requester), of: tenant) else { return nil }
        known.withLock { known in
            if known.count >= Self.maximumCount { known.removeAll(keepingCapacity: true) }
            known[key] = facts
        }
        return facts
    }

    /// Forgets a copy that may have turned out to be old.
    func forget(_ requester: RequesterID, in tenant: TenantID) {
        known.withLock { $0[Key(tenant: tenant, requester: requester)] = nil }
    }
}
