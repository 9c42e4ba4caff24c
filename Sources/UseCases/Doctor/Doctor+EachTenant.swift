import Domain
import Store

/// Tenants come, go and break while they are looked at: what is wrong with one keeps no other's.
extension Doctor {
    /// All tenants, those who are not active too.
    func tenants() async throws -> [Tenant] {
        var all: [Tenant] = []
        var page = try await database.tenants(limit: Self.findingsPerTenant)
        while let last = page.last {
            all += page
            page = try await database.tenants(after: last.id, limit: Self.findingsPerTenant)
        }
        return all
    }

    /// Lets a check look at one tenant after the other. Those that are being erased, or vanish meanwhile, are passed over: what is left of them says nothing.
    ///
    /// - Parameters:
    ///   - tenants: nil: all.
    ///   - body: adds what it finds.
    /// - Returns: whom it could not look at, and why.
    /// - Throws: what the database refused where it refused it for every tenant, and what says nothing about one tenant alone.
    func eachTenant<Tally: Equatable>(
        of tenants: [Tenant]? = nil,
        into tally: inout Tally,
        _ body: (Tenant, inout Tally) async throws -> Void
    ) async throws -> [UncheckedTenant] {
        var unchecked: [UncheckedTenant] = []
        var (isAnyRead, refusal): (Bool, StoreError?) = (false, nil)
        let all = if let tenants { tenants } else { try await self.tenants() }
        for tenant in all where !tenant.isBeingErased {
            var found = tally
            do {
                try await body(tenant, &found)
            } catch  where Self.isOfOneTenant(error) {
                guard try await isWhole(tenant) else { continue }
                unchecked.append(UncheckedTenant(slug: tenant.slug, reason: Self.reason(error) ?? "\(error)"))
                tally = found
                if refusal == nil { refusal = error as? StoreError }
                continue
            }
            isAnyRead = true
            // What was missing may have been missing because the erasing has begun.
            if found != tally, try await isWhole(tenant) { tally = found }
        }
        if !isAnyRead, let refusal { throw refusal }
        return unchecked
    }

    /// Whether a tenant is still there, and not being erased.
    func isWhole(_ tenant: Tenant) async throws -> Bool {
        guard let now = try await database.tenants(limit: 1, slug: tenant.slug).first else { return false }
        return now.id == tenant.id && !now.isBeingErased
    }

    /// Whether what failed says nothing about other tenants.
    static func isOfOneTenant(_ error: any Error) -> Bool {
        switch error {
        case is CancellationError, StoreError.unavailable, StoreError.outcomeUnknown, StoreError.contention, StoreError.tookTooLong: false
        default: true
        }
    }
}
