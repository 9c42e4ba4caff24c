public import Domain
import Store

extension TimerQueries {
    /// How long a ticket was with each group, in each stage and with each agent, and its promises beside it.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``, ``SLAError`` for a calendar that cannot be measured by.
    public func handling(of id: TicketID, in tenant: TenantID) async throws -> TicketHandling {
        let (state, ledger) = try await clocks(of: id, in: tenant)
        let promises = state.configuration.promises
        let reference = ledger?.facts.calendar ?? promises.calendar(of: state.ticket, policy: nil, queues: state.configuration.queues)?.reference
        var time = HandlingTime(calendar: reference.flatMap { promises.engine.context.calendars[$0] })
        try await HandlingReader(environment: environment, tenant: tenant).eachSpan(of: id, until: state.now) { try time.add($0) }
        let timers = ledger?.promised ?? []
        func explained(_ isShown: (SLAMetric) -> Bool) throws -> [SLAExplanation] {
            try SLAStatement.chosen(from: timers.filter { isShown($0.metric) }, limit: TicketHandling.maximumPromises) { $0.state.isLive }
                .map { try promises.engine.explain($0, chosen: state.chosen, now: state.now) }
        }
        return TicketHandling(
            now: state.now,
            time: time,
            calendar: reference,
            customer: try explained(SLAStatement.isForCustomers),
            internalTargets: try explained { !SLAStatement.isForCustomers($0) }
        )
    }

    struct Situation: Sendable {
        let now: Timestamp
        let ticket: Ticket
        let configuration: TenantConfiguration
        /// The ticket's calendar, where it is known whose it is.
        let chosen: SLAChosenCalendar?
    }

    /// A ticket with all its clocks as they are now, and a configuration that knows every version they name.
    func clocks(of id: TicketID, in tenant: TenantID) async throws -> (Situation, SLALedger?) {
        try await environment.configurations.withConfiguration(of: tenant) { configuration in
            let now = try await environment.clock.now()
            var unit = TenantUnit(tenant)
            // A clock may run by a version newer than the known configuration: then this is read again.
            unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
            let found = unit.add(LoadTicket(tenant: tenant, ticket: id))
            let ledger = unit.add(LoadLedger(tenant: tenant, ticket: id))
            let source = unit.add(LoadCalendarSource(tenant: tenant, ticket: id))
            let result = try await environment.database.run(unit)
            guard let ticket = try result.first(found) else { throw UseCaseError.notFound }
            // A clock that is a little behind must not end a ticket's time before its last event.
            let instant = max(now, ticket.updatedAt)
            let clocks = try result.first(ledger)
            let chosen = SLAChosenCalendar(of: ticket, clocks?.facts, recorded: try result.first(source) ?? nil, configuration: configuration)
            let situation = Situation(now: instant, ticket: ticket, configuration: configuration, chosen: chosen)
            guard let clocks else { return (situation, nil) }
            var present = try await whole(clocks, in: situation, of: tenant)
            // What is due by now is passed, however far behind the schedulers are. Only here: they record it.
            _ = present.fire(now: instant)
            return (situation, present)
        }
    }

    /// The ledger with those timers, too, that a long history made it leave out.
    private func whole(_ stored: SLALedger, in situation: Situation, of tenant: TenantID) async throws -> SLALedger {
        let ledger = stored.withoutSilentTouches()
        guard ledger.isShortened else { return ledger }
        var clocks = ReplayedClocks(engine: situation.configuration.promises.engine, lifecycle: environment.rules.lifecycle)
        let reader = HistoryReader(environment: environment, tenant: tenant)
        try await reader.eachPage(of: situation.ticket.id, until: situation.now) { clocks.follow($0) }
        // A history that cannot be replayed is the doctor's to tell; what is stored is shown all the same.
        guard let made = try? clocks.ended() else { return ledger }
        var replayed = made.ledger
        replayed.timers = made.leftOut + replayed.timers
        var whole = ledger
        whole.timers = ledger.promised(completedBy: replayed.withoutSilentTouches())
        return whole
    }
}
