public import Domain
import Store

/// Tells what an edit of the policies would do, and what is odd about them; changes nothing.
public struct PolicyPreviews: Sendable {
    private let environment: UseCaseEnvironment

    /// The most live tickets of one preview.
    public static let maximumTickets = 20_000
    /// The most changes that are listed.
    public static let maximumSample = 100
    /// Tickets, live or not, that are read at a time, and over all.
    static let pageSize = 500
    static let maximumSeen = 200_000
    /// Of the whole preview, also where it begins anew.
    static let timeLimit = Duration.seconds(8)

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// Counts by one version of the configuration: where it changes meanwhile, the preview begins anew with the time that is left, and gives up when that happens
    /// for the third time.
    ///
    /// - Parameter limit: the most live tickets to look at, at most ``maximumTickets``.
    /// - Throws: ``UseCaseError/notFound`` for a policy that there is not, ``UseCaseError/invalid(_:)``, ``UseCaseError/busy`` where the configuration changes
    ///   again and again, ``StoreError``.
    public func preview(_ proposal: PolicyProposal, in tenant: TenantID, limit: Int, sampleSize: Int = 20) async throws -> PolicyPreview {
        let end = ContinuousClock.now.advanced(by: Self.timeLimit)
        return try await environment.configurations.withConfiguration(of: tenant) { configuration in
            try await environment.configurations.confirm(configuration)
            let proposed = try await propose(proposal, to: configuration)
            let now = try await environment.clock.now()
            var after = configuration
            after.promises = PromiseConfiguration(configuration.promises, proposing: proposed.policies, lifecycle: environment.rules.lifecycle)
            var count = PolicyPreviewCount(
                before: configuration,
                after: after,
                newPolicy: proposed.newPolicy,
                rules: environment.rules,
                now: now,
                sampleSize: min(max(sampleSize, 0), Self.maximumSample)
            )
            let isDescribed = configuration.promises.looksAtDescriptions || after.promises.looksAtDescriptions
            let most = min(max(limit, 1), Self.maximumTickets)
            let isComplete = try await walk(configuration, limit: most, withDescriptions: isDescribed, until: end, count: &count)
            // What the last page has, and what was read for it, is of the same version too.
            try await environment.configurations.confirm(configuration)
            var preview = count.finished()
            preview.isComplete = isComplete
            preview.findings = findings(of: proposed, configuration: configuration, now: now)
            return preview
        }
    }

    /// What the linter says of the tenant's policies, with a proposal where there is one: of the proposed policy, and of those that it shadows.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``UseCaseError/invalid(_:)``, ``StoreError``.
    public func lint(_ proposal: PolicyProposal?, in tenant: TenantID) async throws -> [PolicyFinding] {
        try await environment.configurations.withConfiguration(of: tenant) { configuration in
            try await environment.configurations.confirm(configuration)
            let now = try await environment.clock.now()
            guard let proposal else {
                let all = Proposed(policies: configuration.promises.policies, subject: nil, newPolicy: environment.identifiers.next())
                return findings(of: all, configuration: configuration, now: now)
            }
            return findings(of: try await propose(proposal, to: configuration), configuration: configuration, now: now)
        }
    }

    /// The policies as they would be.
    private struct Proposed {
        let policies: [SLAPolicy]
        /// The policy that would be new or other; nil where one is only withdrawn.
        let subject: SLAPolicyID?
        /// The id that stands for a new one.
        let newPolicy: SLAPolicyID
    }

    private func propose(_ proposal: PolicyProposal, to configuration: TenantConfiguration) async throws -> Proposed {
        let newPolicy: SLAPolicyID = environment.identifiers.next()
        var policies = configuration.promises.policies
        let changed: (SLAPolicyReference, SLAPolicyContent)?
        var stored: SLAPolicyContent?
        switch proposal {
        case .create(let content):
            changed = (SLAPolicyReference(id: newPolicy, version: 1), content)
        case .replace(let id, let content):
            let present = try await record(of: id, in: configuration.tenant)
            stored = present.content
            // The same again is no edit, and makes no version.
            let version = Int(present.version) + (content == present.content ? 0 : 1)
            changed = (SLAPolicyReference(id: id, version: version), content)
            policies.removeAll { $0.reference.id == id }
        case .withdraw(let id):
            _ = try await record(of: id, in: configuration.tenant)
            changed = nil
            policies.removeAll { $0.reference.id == id }
        }
        guard let (reference, content) = changed else { return Proposed(policies: policies, subject: nil, newPolicy: newPolicy) }
        try check(content, besides: stored, configuration: configuration)
        if content.isActive { policies.append(SLAPolicy(reference: reference, position: content.position, definition: content.definition)) }
        return Proposed(policies: policies, subject: reference.id, newPolicy: newPolicy)
    }

    private func record(of id: SLAPolicyID, in tenant: TenantID) async throws -> SLAPolicyRecord {
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadContent<SLAPolicyContent>(tenant: tenant, id: id))
        guard let record = try await environment.database.run(unit).first(handle) else { throw UseCaseError.notFound }
        guard !record.content.isDeleted else { throw UseCaseError.gone }
        return record
    }

    private func check(
        _ content: SLAPolicyContent,
        besides stored: SLAPolicyContent?,
        configuration: TenantConfiguration
    ) throws(UseCaseError) {
        var problems = content.problems(besides: stored)
        if let calendar = content.definition.calendar, configuration.promises.calendars[calendar] == nil {
            problems.append(FieldProblem("/calendar_id", code: .unknownReference, detail: "there is no such calendar"))
        }
        if let chain = content.definition.chain, configuration.promises.chains[chain] == nil {
            problems.append(FieldProblem("/chain_id", code: .unknownReference, detail: "there is no such escalation chain"))
        }
        guard problems.isEmpty else { throw .invalid(problems.map { FieldProblem("/policy" + $0.pointer, code: $0.code, detail: $0.detail) }) }
    }

    /// Goes through the live tickets page by page. The first page is always read, however little time is left.
    ///
    /// - Returns: whether all live tickets were seen.
    /// - Throws: ``StoreError/configurationChanged`` as soon as a page shows it.
    private func walk(
        _ configuration: TenantConfiguration,
        limit: Int,
        withDescriptions: Bool,
        until end: ContinuousClock.Instant,
        count: inout PolicyPreviewCount
    ) async throws -> Bool {
        let tenant = configuration.tenant
        var before: TicketID? = TicketID(high: .max, low: .max)
        var seen = 0
        while let start = before {
            guard count.preview.examined < limit, seen < Self.maximumSeen, seen == 0 || ContinuousClock.now < end else { return false }
            var unit = TenantUnit(tenant)
            let page = unit.add(LoadPreviewTickets(tenant: tenant, before: start, horizon: Self.pageSize, withDescriptions: withDescriptions))
            let last = unit.add(FindPreviewEnd(tenant: tenant, before: start, horizon: Self.pageSize))
            unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
            let result = try await environment.database.run(unit)
            let rows = try result.rows(page)
            let made = try await clocks(of: rows.filter(count.needsHistory).map(\.ticket.id), tenant: tenant, clocks: count.noClocks, end: end)
            for row in rows {
                guard count.preview.examined < limit else { return false }
                count.add(row, made: made[row.ticket.id])
            }
            seen += Self.pageSize
            before = try result.first(last)
        }
        return true
    }

    /// What the histories of tickets without clocks give.
    ///
    /// - Parameters:
    ///   - none: those of no history.
    ///   - end: when there is no time left for long histories: tickets that have one are unmeasured then.
    private func clocks(
        of tickets: [TicketID],
        tenant: TenantID,
        clocks none: ReplayedClocks,
        end: ContinuousClock.Instant
    ) async throws -> [TicketID: ReplayedClocks] {
        var made: [TicketID: ReplayedClocks] = [:]
        for start in stride(from: 0, to: tickets.count, by: ReevaluationBatch.historyLimit) {
            var unit = TenantUnit(tenant)
            let some = Array(tickets[start...].prefix(ReevaluationBatch.historyLimit))
            let events = unit.add(LoadHistories(tenant: tenant, tickets: some, limit: Self.maximumHistory))
            for (ticket, events) in Dictionary(grouping: try await environment.database.run(unit).rows(events), by: \.ticketID) {
                var clocks = none
                clocks.follow(events)
                made[ticket] = clocks
            }
        }
        let reader = HistoryReader(environment: environment, tenant: tenant)
        for (ticket, clocks) in made where clocks.sequence >= Self.maximumHistory {
            // Half a history would give wrong clocks.
            made[ticket] = nil
            var whole = clocks
            do {
                try await reader.eachPage(of: ticket, after: clocks.sequence) { page in
                    guard ContinuousClock.now < end else { throw TimeIsUp() }
                    whole.follow(page)
                }
                made[ticket] = whole
            } catch is TimeIsUp {
                continue
            }
        }
        return made
    }

    private struct TimeIsUp: Error {}

    /// Of the histories that are read together; what longer ones have beyond it is read one by one.
    private static let maximumHistory = 1_000

    private func findings(of proposed: Proposed, configuration: TenantConfiguration, now: Timestamp) -> [PolicyFinding] {
        let policies = proposed.policies.sorted { ($0.position, $0.reference.id) < ($1.position, $1.reference.id) }
        let references = SLAPolicyLinter.References(calendars: configuration.promises.compiled, chains: configuration.promises.chains)
        let linter = SLAPolicyLinter(references: references, lifecycle: environment.rules.lifecycle, now: now)
        let findings = linter.lint(policies.map { SLAPolicyLinter.Entry(position: $0.position, definition: $0.definition) })
        return findings.compactMap { finding in
            let policy = policies[finding.policy]
            let concerned = [policy.reference.id, finding.other.map { policies[$0].reference.id }]
            guard proposed.subject.map({ concerned.contains($0) }) ?? true else { return nil }
            let id = policy.reference.id == proposed.newPolicy ? nil : policy.reference.id
            return PolicyFinding(policy: id, name: policy.definition.name, finding: finding)
        }
    }
}
