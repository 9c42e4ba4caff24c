import Domain
import Store

/// What a command does to a ticket's clocks and runs, ready to be written with it.
struct PromiseChange: Sendable {
    let ticket: TicketID
    /// The new ledger; nil when nothing changes.
    let ledger: SLALedger?
    /// The timers whose rows change.
    let timers: [TimerRow]
    /// Thresholds that turned out to be passed.
    let firings: [SLAFiring]
    /// New and changed runs of escalation chains.
    let runs: [EscalationRunRecord]
    /// What plans bring that the firings start.
    let tasks: [TicketTask]
    /// When the first promise that is not kept yet is due.
    let nextDueAt: Timestamp?
    let time: Timestamp

    /// Nothing changes.
    ///
    /// - Parameter nextDueAt: by the clocks as they are: the ticket keeps its place by deadline.
    init(nothingOf ticket: TicketID, nextDueAt: Timestamp?, at time: Timestamp) {
        self.ticket = ticket
        self.time = time
        ledger = nil
        timers = []
        firings = []
        runs = []
        tasks = []
        self.nextDueAt = nextDueAt
    }

    /// The difference between what is stored and what shall be.
    ///
    /// - Parameter leftOut: of a ledger that was made again the timers that have rows and stand in it no more.
    init(
        of ticket: TicketID,
        from before: PromiseSituation,
        to ledger: SLALedger,
        leftOut: [SLATimer] = [],
        runs: [EscalationRunRecord],
        firings: [SLAFiring],
        tasks: [TicketTask] = [],
        at time: Timestamp
    ) {
        let known = before.ledger?.timerRows ?? []
        self.ticket = ticket
        self.time = time
        // A ticket without clocks stays without a ledger: an empty one would be taken for its history's.
        self.ledger = ledger == before.ledger ?? SLALedger() ? nil : ledger
        self.firings = firings
        self.tasks = tasks
        let promised = leftOut.map { TimerRow(of: $0, facts: ledger.facts) } + ledger.timerRows
        timers = promised.filter { !known.contains($0) }
        nextDueAt = ledger.nextDueAt
        self.runs = runs.filter { !before.runs.contains($0) }
    }

    /// Whether a scheduler must look at a new time.
    var armsTimer: Bool { timers.contains { $0.nextFireAt != nil } || runs.contains { $0.run.nextFireAt != nil } }

    func add(tenant: TenantID, to statements: inout StatementList) {
        if let ledger { statements.add(PutLedger(tenant: tenant, ticket: ticket, ledger: ledger)) }
        if !timers.isEmpty { statements.add(PutTimers(tenant: tenant, timers: timers.map { (ticket, $0) })) }
        if !firings.isEmpty { statements.add(InsertFirings(tenant: tenant, firings: firings.map { (ticket, $0) }, time: time)) }
        if !runs.isEmpty { statements.add(PutRuns(tenant: tenant, runs: runs, time: time)) }
        if !tasks.isEmpty { statements.add(InsertTicketTasks(tenant: tenant, tasks: tasks)) }
    }
}
