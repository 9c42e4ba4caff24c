import Domain
import Store

/// Keeps the ledgers of penalties of all tenants that have such policies: what a scheduler does now and then.
public struct PenaltyKeeping: Sendable {
    private let environment: UseCaseEnvironment

    /// How far back breaches are looked for: the month that statements are made for, and the one before. Older ones have their entries, of which those are followed
    /// that may still change.
    static let days: Int64 = 70
    private static let tenantPage = 100
    /// Before all tickets.
    private static let beginning = Timestamp(microseconds: 0)
    /// The most tickets of a tenant in one run: of those without an entry, as many of those that went on, as many whose breach goes on, and as many with older
    /// breaches.
    private let ticketsPerTenant: Int

    public init(environment: UseCaseEnvironment, ticketsPerTenant: Int = 20_000) {
        self.environment = environment
        self.ticketsPerTenant = ticketsPerTenant
    }

    /// - Returns: how many entries were written.
    /// - Throws: the last tenant's error after all had their turn: one that cannot be computed keeps nobody else waiting. At once where the database cannot be
    ///   reached.
    @discardableResult
    public func run() async throws -> Int {
        let ledger = PenaltyLedger(environment: environment)
        let now = try await environment.clock.now()
        let span = now.adding(microseconds: -Self.days * 86_400_000_000)..<now.adding(microseconds: 1_000_000)
        var written = 0
        var failure: (any Error)?
        var page = try await environment.database.tenantsWithPenalties(limit: Self.tenantPage)
        while let last = page.last {
            for tenant in page {
                do {
                    // New ones first: those whose breach goes on come again each hour, and would keep them waiting.
                    for scope in [StaleBreaches.Scope.missing, .changed] {
                        written += try await ledger.compute(span, in: tenant, scope: scope, maximum: ticketsPerTenant).written
                    }
                    for time in [span, Self.beginning..<span.lowerBound] {
                        written += try await ledger.followUnsettled(time, in: tenant, maximum: ticketsPerTenant).written
                    }
                } catch StoreError.unavailable(let reason) {
                    throw StoreError.unavailable(reason)
                } catch {
                    failure = error
                }
                try Task.checkCancellation()
            }
            page = try await environment.database.tenantsWithPenalties(after: last, limit: Self.tenantPage)
        }
        if let failure { throw failure }
        return written
    }
}
