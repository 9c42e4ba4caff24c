public import Domain
import Store

extension TimerQueries {
    /// What a customer is told about the promises of a ticket.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``, ``SLAError`` for a calendar that cannot be measured by.
    public func statement(of id: TicketID, in tenant: TenantID) async throws -> SLAStatement {
        let (state, ledger) = try await clocks(of: id, in: tenant)
        let context = state.configuration.promises.engine.context
        let timers = (ledger?.promised ?? []).filter { SLAStatement.isForCustomers($0.metric) }
        // Only what is shown is explained: a long conversation has hundreds of clocks.
        let engine = state.configuration.promises.engine
        let shown = SLAStatement.chosen(from: timers, limit: SLAStatement.maximumItems) { $0.state.isLive }
        let explanations = try shown.map { try engine.explain($0, chosen: state.chosen, now: state.now) }
        let states = explanations.contains { !$0.pauses.isEmpty } ? try await self.states(of: state, in: tenant) : StateTimes()
        let references = explanations.compactMap { $0.measure?.calendar }
        let names = try await calendarNames(Set(references.map(\.id)), in: tenant)
        let items = explanations.map { explanation in
            let policy = explanation.policy.flatMap { context.policies[$0] }
            return SLAStatement.Item(
                explanation: explanation,
                policyName: policy?.name ?? "",
                description: policy?.serviceDescription ?? "",
                calendarName: explanation.measure?.calendar.flatMap { names[$0.id] },
                pauses: explanation.pauses.map { SLAStatement.Pause(span: $0, state: states.state(at: $0.start)) }
            )
        }
        // Times are those of the calendar that the newest promise counts by.
        let calendar = (references.last ?? ledger?.facts.calendar).flatMap { context.calendars[$0] }
        return SLAStatement(
            ticket: state.ticket.number,
            now: state.now,
            zone: calendar?.zone ?? .utc,
            zoneName: calendar?.zoneName ?? "UTC",
            items: items,
            earlier: timers.count - items.count
        )
    }

    /// The same for the ticket that people know by its number.
    public func statement(ofNumber number: Int64, in tenant: TenantID) async throws -> SLAStatement {
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadTicketByNumber(tenant: tenant, number: number))
        guard let ticket = try await environment.database.run(unit).first(handle) else { throw UseCaseError.notFound }
        return try await statement(of: ticket.id, in: tenant)
    }

    private func states(of state: Situation, in tenant: TenantID) async throws -> StateTimes {
        var times = StateTimes()
        let lifecycle = environment.rules.lifecycle
        try await HandlingReader(environment: environment, tenant: tenant).eachSpan(of: state.ticket.id, until: state.now) { span in
            times.add(span, lifecycle)
        }
        return times
    }

    private func calendarNames(_ calendars: Set<CalendarID>, in tenant: TenantID) async throws -> [CalendarID: String] {
        guard !calendars.isEmpty else { return [:] }
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadCalendarNames(tenant: tenant, calendars: calendars.sorted()))
        let rows = try await environment.database.run(unit).rows(handle)
        return Dictionary(rows.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Which state a ticket had when, the last ``limit`` times that it changed.
private struct StateTimes {
    private static let limit = 10_000
    private var entries: [(start: Timestamp, state: Lifecycle.State)] = []

    mutating func add(_ span: HandlingSpan, _ lifecycle: Lifecycle) {
        guard entries.last?.state.state != span.state, let state = lifecycle.states.first(where: { $0.state == span.state }) else { return }
        if entries.count == Self.limit { entries.removeFirst(Self.limit / 2) }
        entries.append((span.start, state))
    }

    func state(at time: Timestamp) -> Lifecycle.State? { entries.last { $0.start <= time }?.state }
}
