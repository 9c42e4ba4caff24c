public import Domain
import Store

extension TicketCommands {
    /// Creates a ticket: one round trip, durable when it returns.
    ///
    /// - Throws: ``UseCaseError/invalid(_:)`` naming every wrong reference; ``StoreError``.
    public func create(_ new: NewTicket, in tenant: TenantID, by actor: Actor, idempotency: IdempotentCall? = nil) async throws -> CommandOutcome {
        do {
            return try await created(new, in: tenant, by: actor, idempotency: idempotency)
        } catch UseCaseError.invalid(let problems) {
            // What was done before stays done, whatever the configuration has become since: the repetition gets the answer of that time.
            if let idempotency, let record = try await environment.database.record(of: idempotency, in: tenant) { return .replayed(record) }
            throw UseCaseError.invalid(problems)
        }
    }

    private func created(_ new: NewTicket, in tenant: TenantID, by actor: Actor, idempotency: IdempotentCall?) async throws -> CommandOutcome {
        do {
            return try await environment.configurations.withConfiguration(of: tenant) { configuration in
                let now = try await environment.clock.now()
                let facts = try await requesterFacts(of: new.content, in: tenant)
                let decided = try await creation(of: new, facts: facts, by: actor, at: now, configuration: configuration)
                let keeper = PromiseKeeper(configuration: configuration, rules: environment.rules)
                let (change, promised) = try await keeper.keep(decided, situation: .none, history: { _ in })
                let writer = TicketWriter(tenant: tenant, environment: environment, configuration: configuration)
                var unit = TenantUnit(tenant)
                if let idempotency { unit.add(idempotency.insert(change.after, in: tenant, at: now)) }
                unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
                addRequirement(facts, of: new.content, in: tenant, to: &unit)
                writer.add(change, promises: promised, to: &unit.statements)
                do {
                    let channels = writer.channels(of: change, promises: promised)
                    _ = try await environment.database.run(unit, waking: channels, by: environment.wakeUps)
                } catch StoreError.configurationChanged {
                    if let requester = new.content.requesterID { environment.requesters.forget(requester, in: tenant) }
                    throw StoreError.configurationChanged
                }
                return .done(change)
            }
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            return .replayed(try await environment.database.replay(idempotency, in: tenant))
        } catch StoreError.missingReference {
            throw UseCaseError.invalid([TicketValidation.unknownRequester])
        }
    }

    /// Decides what a new ticket is, without writing it.
    func creation(
        of new: NewTicket,
        facts: RequesterFacts?,
        by actor: Actor,
        at now: Timestamp,
        configuration: TenantConfiguration
    ) async throws -> TicketChange {
        let site = new.content.siteID.flatMap { configuration.sites[$0] }
        var content = new.content.taking(facts, isVIP: new.profile.isVIP).placed(at: site)
        content.weight = new.weight ?? content.weight
        content.priority = new.profile.raised(new.priority ?? configuration.priority(of: content) ?? .p3)
        let entry = configuration.entry(of: new.profile)
        content.queueID = content.queueID ?? entry
        try await require(content, by: entry, occurredAt: new.occurredAt, at: now, configuration: configuration)
        let tier = configuration.promises.tier(of: content.organizationID)
        var placed = configuration.intake.place(content, tier: tier) { configuration.isClosed($0, at: now) }
        let preferred = try await lastAgent(for: placed.content, configuration: configuration, now: now)
        // Rules of the queue may have given it another.
        placed.content.priority = new.profile.raised(placed.content.priority)
        placed.content.weight = new.weight ?? configuration.intake.weight(of: placed.content, tier: tier) ?? placed.content.weight
        placed.content.preferredAgentID = placed.content.preferredAgentID ?? preferred
        return environment.rules.create(
            id: environment.identifiers.next(),
            number: try await environment.numbers.next(for: configuration.tenant),
            content: placed.content,
            intake: placed.record,
            // A clock that is ahead by what is tolerated must not put the ticket's beginning behind its next event.
            occurredAt: new.occurredAt.map { min($0, now) },
            isThroughVIPKey: new.profile.isVIP,
            by: actor,
            at: now
        )
    }

    /// Throws ``UseCaseError/invalid(_:)`` naming everything that is wrong with a new ticket.
    ///
    /// - Parameter entry: the queue that the key's tickets come in at, where it has one.
    private func require(
        _ content: TicketContent,
        by entry: QueueID?,
        occurredAt: Timestamp?,
        at now: Timestamp,
        configuration: TenantConfiguration
    ) async throws {
        var problems = TicketValidation(configuration: configuration).problems(of: content)
        if let entry, entry != content.queueID { problems.append(TicketValidation.foreignQueue) }
        if let occurredAt, let problem = TicketValidation.problem(ofBeginning: occurredAt, now: now) { problems.append(problem) }
        if let agent = content.preferredAgentID {
            let statement = FindContents<AgentContent>(tenant: configuration.tenant, ids: [agent])
            if try await environment.database.first(statement, of: configuration.tenant) == nil { problems.append(TicketValidation.unknownAgent) }
        }
        guard problems.isEmpty else {
            // A skill or group that was made just now is unknown to an older copy: only a copy that is up to date refuses anything.
            try await environment.configurations.confirm(configuration)
            throw UseCaseError.invalid(problems)
        }
    }

    func requesterFacts(of content: TicketContent, in tenant: TenantID) async throws -> RequesterFacts? {
        guard let requester = content.requesterID else { return nil }
        return try await environment.requesters.facts(of: requester, in: tenant)
    }

    /// Whom the queue prefers for the requester: the only thing about a new ticket that is asked of the database.
    private func lastAgent(for content: TicketContent, configuration: TenantConfiguration, now: Timestamp) async throws -> AgentID? {
        guard content.preferredAgentID == nil, let last = configuration.lastAgent(for: content, at: now) else { return nil }
        return try await environment.database.first(last, of: configuration.tenant)
    }

    func addRequirement(_ facts: RequesterFacts?, of content: TicketContent, in tenant: TenantID, to unit: inout TenantUnit) {
        guard let facts, let requester = content.requesterID else { return }
        unit.add(RequireRequester(tenant: tenant, requester: requester, version: facts.version))
    }
}
