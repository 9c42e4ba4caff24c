import Domain
import Store
import Synchronization

/// Closes the tickets that were resolved long enough ago, and archives those that were closed long enough ago, as each tenant wants it (features.md A4.1,
/// A4.16; docs/decisions/0019). With its ticket every promise that was never kept gets its outcome (sla.md). Before it closes a ticket it says so, where the
/// tenant wants that.
///
/// Any number may work at a time: each ticket moves in a transaction of its own, which decides again under the ticket's lock, by the newest settings.
public struct TicketAging: Sendable {
    private let environment: UseCaseEnvironment
    private let failures: FailureSink
    private let batchSize: Int
    private let ticketsPerTenant: Int
    private let places = Places()

    /// - Parameters:
    ///   - failures: where tickets that cannot be moved are reported; they are found again by a later look.
    ///   - batchSize: what a tenant may do before the next has its turn.
    ///   - ticketsPerTenant: after how many moved tickets of one tenant the rest is left to the next look. After as many that failed in one
    ///     step, the next look goes on behind them.
    public init(environment: UseCaseEnvironment, failures: FailureSink, batchSize: Int = 100, ticketsPerTenant: Int = 1_000) {
        self.environment = environment
        self.failures = failures
        self.batchSize = max(1, batchSize)
        self.ticketsPerTenant = max(1, ticketsPerTenant)
    }

    /// Looks once at all tenants. They take turns of one batch each, round and round; one whose tickets cannot be found or moved keeps no other waiting.
    ///
    /// - Throws: ``StoreError`` where the database cannot be reached; what was done before stays done, the rest is found again.
    public func run() async throws -> TicketAgingReport {
        // What the tables find to be due by now is due by this process's clock, too.
        try await environment.clock.read()
        var report = TicketAgingReport()
        let tenants = try await environment.database.tenantsWithAgedTickets()
        places.forgetAll(but: Set(tenants))
        // By chance, so that several schedulers do not work one behind the other.
        var turns = tenants.shuffled().map { Turn(tenant: $0, position: places.place(of: $0, for: .warn)) }
        while !turns.isEmpty {
            var more: [Turn] = []
            for turn in turns {
                try Task.checkCancellation()
                if let next = try await take(turn, &report) { more.append(next) }
            }
            turns = more
        }
        return report
    }

    /// How far one tenant is.
    private struct Turn {
        let tenant: TenantID
        var step = Step.warn
        /// The last ticket that was found: what could not be moved is not found a second time by the same look.
        var position: AgedTicket
        var moved = 0
        /// Of this step.
        var failed = 0
    }

    /// What a look does to a tenant's tickets, in this order.
    private enum Step {
        case warn, close, archive

        var next: Step? {
            switch self {
            case .warn: .close
            case .close: .archive
            case .archive: nil
            }
        }
    }

    /// Behind which tickets the next look goes on, where one found more that cannot be moved than it takes on. Whoever comes to the end begins again from
    /// the first, and so does another process.
    private final class Places: Sendable {
        private let places = Mutex<[TenantID: [Step: AgedTicket]]>([:])

        func place(of tenant: TenantID, for step: Step) -> AgedTicket {
            places.withLock { $0[tenant]?[step] } ?? AgedTicket.none
        }

        /// - Parameter place: nil where the next look begins from the first.
        func set(_ place: AgedTicket?, of tenant: TenantID, for step: Step) {
            places.withLock { $0[tenant, default: [:]][step] = place }
        }

        func forgetAll(but tenants: Set<TenantID>) {
            places.withLock { $0 = $0.filter { tenants.contains($0.key) } }
        }
    }

    /// - Returns: where the tenant goes on; nil where nothing is left for this look.
    private func take(_ turn: Turn, _ report: inout TicketAgingReport) async throws -> Turn? {
        let found = try await failures.attempt(turn.tenant) { try await find(turn) }
        guard let found else { return nil }
        var next = turn
        for ticket in found.shuffled() {
            try Task.checkCancellation()
            let isMoved = try await failures.attempt(turn.tenant, ticket: ticket.id) { try await take(turn.step, of: ticket.id, in: turn.tenant) }
            next.failed += isMoved == nil ? 1 : 0
            next.moved += isMoved == true ? 1 : 0
            report.warned += isMoved == true && turn.step == .warn ? 1 : 0
            report.closed += isMoved == true && turn.step == .close ? 1 : 0
            report.archived += isMoved == true && turn.step == .archive ? 1 : 0
        }
        report.failed += next.failed - turn.failed
        let isEnd = found.count < batchSize
        let isStepOver = isEnd || next.failed >= ticketsPerTenant
        if let last = found.last { next.position = last }
        if isStepOver { places.set(isEnd ? nil : next.position, of: turn.tenant, for: turn.step) }
        if isEnd && turn.step.next == nil { return nil }
        if next.moved >= ticketsPerTenant {
            report.hasMore = true
            return nil
        }
        guard isStepOver else { return next }
        guard let step = turn.step.next else { return nil }
        next.step = step
        next.position = places.place(of: turn.tenant, for: step)
        next.failed = 0
        return next
    }

    private func find(_ turn: Turn) async throws -> [AgedTicket] {
        switch turn.step {
        case .warn: try await find(ClosingSoonStep.self, turn)
        case .close: try await find(ClosingStep.self, turn)
        case .archive: try await find(ArchivingStep.self, turn)
        }
    }

    private func find<Kind: AgingStep>(_ kind: Kind.Type, _ turn: Turn) async throws -> [AgedTicket] {
        let statement = FindAgedTickets<Kind>(tenant: turn.tenant, after: turn.position, limit: batchSize)
        return try await environment.database.rows(statement, of: turn.tenant)
    }

    /// - Returns: whether anything happened to the ticket: it stays as it was where it was reopened meanwhile, or another scheduler was faster.
    private func take(_ step: Step, of ticket: TicketID, in tenant: TenantID) async throws -> Bool {
        let rules = environment.rules
        let outcome = try await TicketCommands(environment: environment).change(TicketRequest(ticket, in: tenant, by: .system)) { situation in
            let (ticket, settings, now) = (situation.ticket, situation.configuration.lifecycle, situation.now)
            return switch step {
            case .warn: rules.warnOfClosing(ticket, by: settings, actor: .system, at: now)
            case .close, .archive: rules.age(ticket, by: settings, actor: .system, at: now)
            }
        }
        guard case .done(let change) = outcome else { return false }
        return !change.events.isEmpty
    }
}
