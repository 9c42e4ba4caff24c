public import Domain
import Store

/// Why a delivery cannot be made again.
public enum DeliveryRefusal: Error, Hashable, Sendable {
    /// Its endpoint is disabled, or does not exist any more.
    case endpointInactive
}

/// Deliveries that were given up: reads them, and makes them again on demand.
public struct DeadDeliveries: Sendable {
    private let environment: UseCaseEnvironment

    /// The most attempts that are shown of a delivery.
    public static let maximumAttempts = LoadAttempts.limit
    /// The most deliveries that one call makes again.
    public static let maximumRedelivery = RedeliverDeliveries.limit

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// What was put back into the outbox.
    public struct Redelivery: Sendable {
        public let count: Int
        /// Whether there are more of them.
        public let hasMore: Bool
    }

    /// A page, the last given up first.
    ///
    /// - Throws: ``StoreError``.
    public func list(
        in tenant: TenantID,
        filter: DeadDeliveryFilter = DeadDeliveryFilter(),
        after: (diedAt: Timestamp, id: OutboxMessageID)? = nil,
        limit: Int
    ) async throws -> [DeadDelivery] {
        var unit = TenantUnit(tenant)
        let handle = unit.add(ListDeadDeliveries(tenant: tenant, filter: filter, after: after, limit: limit))
        return try await environment.database.run(unit).rows(handle)
    }

    /// One of them with its last attempts, in their order.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func delivery(_ id: OutboxMessageID, in tenant: TenantID) async throws -> (delivery: DeadDelivery, attempts: [DeliveryAttempt]) {
        var unit = TenantUnit(tenant)
        let found = unit.add(LoadDeadDelivery(tenant: tenant, id: id))
        let attempts = unit.add(LoadAttempts(tenant: tenant, id: id))
        let result = try await environment.database.run(unit)
        guard let delivery = try result.first(found) else { throw UseCaseError.notFound }
        return (delivery, try result.rows(attempts))
    }

    /// Makes one of them again.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``DeliveryRefusal``, ``StoreError``.
    public func redeliver(
        _ id: OutboxMessageID,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Redelivery>? = nil
    ) async throws -> WriteOutcome<Redelivery> {
        try await redeliver(.one(id), in: tenant, idempotency: idempotency)
    }

    /// Makes those of an endpoint again, at most ``maximumRedelivery`` of them, those first that were given up first.
    ///
    /// - Parameter filter: which; its endpoint is set.
    /// - Throws: ``UseCaseError/notFound``, ``DeliveryRefusal``, ``StoreError``.
    public func redeliverAll(
        of endpoint: WebhookEndpointID,
        in tenant: TenantID,
        filter: DeadDeliveryFilter,
        limit: Int,
        idempotency: IdempotentWrite<Redelivery>? = nil
    ) async throws -> WriteOutcome<Redelivery> {
        var filter = filter
        filter.endpoint = endpoint
        return try await redeliver(.all(of: endpoint, filter, limit: limit), in: tenant, idempotency: idempotency)
    }

    /// Makes the tenant's mails again, at most ``maximumRedelivery`` of them, those first that were given up first.
    ///
    /// - Throws: ``StoreError``.
    public func redeliverMails(in tenant: TenantID, limit: Int) async throws -> WriteOutcome<Redelivery> {
        try await redeliver(.mails(limit: limit), in: tenant, idempotency: nil)
    }

    private enum Choice: Sendable {
        case one(OutboxMessageID)
        case mails(limit: Int)
        case all(of: WebhookEndpointID, DeadDeliveryFilter, limit: Int)

        func statement(tenant: TenantID, time: Timestamp) -> RedeliverDeliveries {
            switch self {
            case .one(let id): RedeliverDeliveries(tenant: tenant, filter: DeadDeliveryFilter(), id: id, limit: 1, time: time)
            case .mails(let limit): RedeliverDeliveries(tenant: tenant, filter: Self.mails, limit: limit, time: time)
            case .all(_, let filter, let limit): RedeliverDeliveries(tenant: tenant, filter: filter, limit: limit, time: time)
            }
        }

        private static let mails: DeadDeliveryFilter = {
            var filter = DeadDeliveryFilter()
            filter.isMailOnly = true
            return filter
        }()

        /// Reads whether it can be done; nil for what does not exist.
        func look(tenant: TenantID, adding unit: inout TenantUnit) -> @Sendable (StoreResult) throws -> Bool? {
            switch self {
            case .one(let id):
                let handle = unit.add(LoadDeadDelivery(tenant: tenant, id: id))
                return { try $0.first(handle)?.isDeliverable }
            case .mails:
                return { _ in true }
            case .all(let endpoint, _, _):
                let handle = unit.add(EndpointIsActive(tenant: tenant, endpoint: endpoint))
                return { try $0.first(handle) }
            }
        }
    }

    /// Looks at what is to be delivered and puts it back, in one transaction; a repeated request gets its first answer.
    private func redeliver(
        _ choice: Choice,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Redelivery>?
    ) async throws -> WriteOutcome<Redelivery> {
        do {
            let time = try await environment.clock.now()
            var first = TenantUnit(tenant)
            if let idempotency { first.add(idempotency.lock()) }
            let earlier = idempotency.map { first.add($0.load(in: tenant)) }
            let isDeliverable = choice.look(tenant: tenant, adding: &first)
            let outcome: WriteOutcome<Redelivery> = try await environment.database.transaction(first) { transaction, result in
                if let earlier, let idempotency, let record = try result.first(earlier) { return .replayed(try idempotency.checked(record)) }
                guard let canBeDone = try isDeliverable(result) else { throw UseCaseError.notFound }
                guard canBeDone else { throw DeliveryRefusal.endpointInactive }
                var statements = StatementList()
                let handle = statements.add(choice.statement(tenant: tenant, time: time))
                let done = try await transaction.run(statements).first(handle)
                let redelivery = Redelivery(count: done?.redelivered ?? 0, hasMore: done?.hasMore ?? false)
                // Somebody else has just had it made again.
                if case .one = choice, redelivery.count == 0 { throw UseCaseError.notFound }
                if let idempotency {
                    var last = StatementList()
                    last.add(idempotency.insert(redelivery, in: tenant, at: time))
                    _ = try await transaction.commit(last)
                }
                return .done(redelivery)
            }
            environment.wakeUps.send(.outbox)
            return outcome
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            return .replayed(try await environment.database.replay(idempotency, in: tenant))
        }
    }
}
