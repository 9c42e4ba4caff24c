import Domain
import Synchronization

/// Lets few reports be counted at a time: each keeps a connection for as long as it takes, and whoever creates tickets needs those, too (reliability.md 1).
final class ReportGate: Sendable {
    /// Of one process.
    static let maximum = 3
    static let maximumOfTenant = 2

    private let running = Mutex<[TenantID: Int]>([:])

    /// Runs the body unless too many are under way.
    ///
    /// - Throws: ``UseCaseError/busy``; what the body throws.
    func run<Value: Sendable>(for tenant: TenantID, _ body: @Sendable () async throws -> Value) async throws -> Value {
        try running.withLock { running throws(UseCaseError) in
            guard running.values.reduce(0, +) < Self.maximum, running[tenant, default: 0] < Self.maximumOfTenant else { throw .busy }
            running[tenant, default: 0] += 1
        }
        defer {
            running.withLock { running in
                let left = running[tenant, default: 1] - 1
                running[tenant] = left > 0 ? left : nil
            }
        }
        return try await body()
    }
}
