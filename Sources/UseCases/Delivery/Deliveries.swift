public import Domain
public import Store

/// The courier's use cases: claims what is due and writes down what came of it. Every claim is leased and fenced (reliability.md 1).
public struct Deliveries: Sendable {
    let database: Database
    /// As whom it claims.
    let holder: DeliveryHolder

    /// The most rows of one claim, apart from one that left no record.
    public static let maximumClaim = ClaimDeliveries.limit
    /// The most rows that a claim drops beside it; as many say that there may be more.
    public static let maximumDropped = DropDeliveries.limit

    /// - Parameter holder: one of its own for each courier.
    public init(database: Database, holder: DeliveryHolder = .random()) {
        self.database = database
        self.holder = holder
    }

    /// What keeps the records of deliveries from growing for ever.
    ///
    /// - Parameter retentionDays: for how long attempts are kept, and mails that nobody sends.
    public func upkeep(retentionDays: Int) -> DeliveryUpkeep {
        DeliveryUpkeep(database: database, retentionDays: retentionDays)
    }

    /// Receivers with something due, over all tenants; one page.
    ///
    /// - Throws: ``StoreError``.
    public func discover(after position: DeliveryLane?) async throws -> DeliveryDiscovery {
        try await database.discoverDeliveries(after: position)
    }

    /// How many rows wait, and for how many microseconds the oldest is overdue.
    ///
    /// - Throws: ``StoreError``.
    public func backlog() async throws -> (waiting: Int, overdue: Int64) {
        try await database.deliveryBacklog()
    }

    /// Claims due rows of a tenant, and drops those whose endpoint is disabled.
    ///
    /// - Parameters:
    ///   - rooms: how many rows to take of each lane.
    ///   - limit: the most rows in all, at most ``maximumClaim``.
    ///   - takesSuspect: whether a row may be taken beside them whose last claims left no record.
    /// - Returns: what was claimed, and how many rows were dropped.
    /// - Throws: ``StoreError``; nothing was claimed then, or the lease of what was runs out.
    public func claim(
        of tenant: TenantID,
        rooms: [LaneRoom],
        limit: Int,
        takesSuspect: Bool
    ) async throws -> (deliveries: [Delivery], dropped: Int) {
        var unit = TenantUnit(tenant)
        let drop = unit.add(DropDeliveries(tenant: tenant, lanes: rooms.map(\.lane)))
        let claim = unit.add(ClaimDeliveries(tenant: tenant, rooms: rooms, limit: limit, takesSuspect: takesSuspect, holder: holder))
        let result = try await database.run(unit)
        let claimed = try result.rows(claim)
        let digests: [OutboxMessageID: DigestMail]
        do {
            digests = try await self.digests(of: claimed, in: tenant)
        } catch {
            // Nothing of the claim was tried: else each such failure would count as a lost attempt of all of it.
            try? await release(claimed.map(\.lease), of: tenant)
            throw error
        }
        return (claimed.map { Delivery($0, digests: digests, tenant: tenant) }, result.affected(drop))
    }

    /// The mails of the digests among what was claimed. No notice is added to them any more (``EnqueueMail``).
    private func digests(of claimed: [ClaimedDelivery], in tenant: TenantID) async throws -> [OutboxMessageID: DigestMail] {
        let ids = claimed.filter { if case .digest = $0.content { true } else { false } }.map(\.lease.id)
        guard !ids.isEmpty else { return [:] }
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadNotices(tenant: tenant, digests: ids))
        return Dictionary(grouping: try await database.run(unit).rows(handle), by: \.digest).mapValues(DigestMail.init)
    }

    /// Extends leases of a tenant by ``DeliveryLease/seconds`` from now.
    ///
    /// - Returns: the rows that are still held.
    /// - Throws: ``StoreError``.
    public func extend(_ leases: [DeliveryLease], of tenant: TenantID) async throws -> Set<OutboxMessageID> {
        var unit = TenantUnit(tenant)
        let extended = unit.add(ExtendLeases(tenant: tenant, leases: leases))
        return Set(try await database.run(unit).rows(extended))
    }

    /// Gives leases of a tenant back; the attempts do not count.
    ///
    /// - Throws: ``StoreError``; the leases run out by themselves.
    public func release(_ leases: [DeliveryLease], of tenant: TenantID) async throws {
        var unit = TenantUnit(tenant)
        unit.add(ReleaseLeases(tenant: tenant, leases: leases))
        _ = try await database.run(unit)
    }

    /// Writes down an attempt and what follows from it. May be repeated when the outcome is unknown: it is written once.
    ///
    /// - Throws: ``StoreError``.
    public func settle(_ delivery: Delivery, _ verdict: DeliveryVerdict, record: AttemptRecord) async throws -> SettledDelivery? {
        let tenant = delivery.lane.tenant
        var unit = TenantUnit(tenant)
        switch verdict {
        case .delivered:
            let settled = unit.add(FinishDelivery(tenant: tenant, lease: delivery.lease, record: record))
            return try await database.run(unit).first(settled)
        case .retry(let wait, let blamesEndpoint):
            let blamed = blamesEndpoint ? delivery.url : nil
            let settled = unit.add(RescheduleDelivery(tenant: tenant, lease: delivery.lease, record: record, wait: wait, blamedURL: blamed))
            return try await database.run(unit).first(settled)
        case .bury(let reason, let disablesEndpoint):
            let disabled = disablesEndpoint ? delivery.url : nil
            let buried = unit.add(BuryDelivery(tenant: tenant, lease: delivery.lease, record: record, reason: reason, disabledURL: disabled))
            let settled = try await database.run(unit).first(buried)
            guard disabled != nil, settled?.isWritten == false else { return settled }
            // The endpoint has moved while its former address answered: what that wants no more goes to the new one.
            return try await settle(delivery, .retry(after: 0, blamesEndpoint: false), record: record)
        }
    }
}
