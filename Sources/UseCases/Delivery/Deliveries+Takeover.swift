public import Domain
import Store

/// What is taken back from couriers that are gone (docs/decisions/0048). A lease that ends does the same, later.
extension Deliveries {
    /// Shows that this courier lives: once before it claims, and about once a second from then on.
    ///
    /// - Parameter look: how it looks for others; nil shows this one only.
    /// - Returns: the other couriers that are gone for good, as far as can be seen.
    /// - Throws: ``StoreError``.
    public func showLife(_ look: CourierLook?) async throws -> Set<DeliveryHolder> {
        try await database.showCourier(holder, look: look)
    }

    /// Makes everything due at once that a courier held which is gone. Should it live all the same, what it writes of these rows counts for nothing.
    ///
    /// - Returns: how many rows that were.
    /// - Throws: ``StoreError``; may be repeated.
    public func takeBack(from gone: DeliveryHolder) async throws -> Int {
        let count = try await each(of: gone) { tenant, leases in
            try await database.affected(TakeBackLeases(tenant: tenant, leases: leases), of: tenant)
        }
        try await database.forgetCourier(gone)
        return count
    }

    /// Gives back what this courier holds without knowing of it: the answer to a claim was lost on its way, or what came of an attempt could not be written down.
    /// The courier lives: no row of them killed it.
    ///
    /// - Parameter known: the leases that it knows of. No claim is under way.
    /// - Returns: how many rows that were.
    /// - Throws: ``StoreError``; may be repeated.
    public func releaseUnknown(except known: Set<DeliveryLease>) async throws -> Int {
        try await each(of: holder) { tenant, leases in
            let unknown = leases.filter { !known.contains($0) }
            return unknown.isEmpty ? 0 : try await database.affected(ReleaseLeases(tenant: tenant, leases: unknown), of: tenant)
        }
    }

    /// Goes through a courier's leases, by tenants. What is freed is not found again.
    private func each(of holder: DeliveryHolder, _ free: (TenantID, [DeliveryLease]) async throws -> Int) async throws -> Int {
        var count = 0
        while true {
            let held = try await database.leases(of: holder)
            var freed = 0
            for (tenant, leases) in Dictionary(grouping: held, by: \.tenant) { freed += try await free(tenant, leases.map(\.lease)) }
            count += freed
            guard held.count == TakeBackLeases.limit, freed > 0 else { return count }
        }
    }
}
