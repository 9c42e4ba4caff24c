public import Domain
public import Store
import Synchronization

/// Finds out whose an API key is, mostly from memory: no request pays for a look-up that the one before it made.
///
/// The price is that a key that is revoked, or whose agent leaves, works on for as long as it may be remembered, and that a tenant is suspended and resumed as late. A key
/// that expires is remembered no longer than that.
public final class KeyAuthentication: Sendable {
    private struct Memory {
        var good = ExpiringCache<[UInt8], KeyOwner>(capacity: KeyAuthentication.capacity)
        /// Apart, so that a flood of wrong keys pushes out no good one.
        var bad = ExpiringCache<[UInt8], Void>(capacity: KeyAuthentication.capacity)
    }

    static let capacity = 10_000
    /// How long a good key is remembered.
    public static let goodFor = Duration.seconds(10)
    /// How long a key is remembered as wrong: a new key works within that.
    public static let badFor = Duration.seconds(1)

    private let database: Database
    private let clock = ContinuousClock()
    private let memory = Mutex(Memory())

    public init(database: Database) {
        self.database = database
    }

    /// - Parameter hash: SHA-256 of the presented key.
    /// - Returns: nil for a key that is unknown, revoked or expired, or whose agent has left (security.md 3.4); a suspended tenant's key says so.
    /// - Throws: ``StoreError`` where the question could not be answered.
    public func owner(hash: [UInt8]) async throws -> KeyOwner? {
        let asked = clock.now
        let (owner, isBad) = memory.withLock { ($0.good.value(for: hash, at: asked), $0.bad.value(for: hash, at: asked) != nil) }
        if owner != nil || isBad { return owner }
        let found = try await find(hash)
        // Counted from the question, not the answer: what was true then may be over.
        memory.withLock {
            if let found {
                $0.good.keep(found, for: hash, until: asked + min(Self.goodFor, found.timeLeft ?? Self.goodFor), at: asked)
            } else {
                $0.bad.keep((), for: hash, until: asked + Self.badFor, at: asked)
            }
        }
        return found
    }

    private func find(_ hash: [UInt8]) async throws -> KeyOwner? {
        guard var owner = try await database.keyOwner(hash: hash) else { return nil }
        guard let agent = owner.agentID else { return owner }
        guard let isExternal = try await database.first(AgentIsExternal(tenant: owner.tenantID, agent: agent), of: owner.tenantID) else { return nil }
        owner.isExternal = isExternal
        return owner
    }
}
