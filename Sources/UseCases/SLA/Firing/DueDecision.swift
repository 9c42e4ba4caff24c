import Domain
import Store

/// One locked ticket on its way through a batch: its clocks and runs before and after what is due.
struct DueDecision {
    let head: DueTicket
    let before: PromiseSituation
    var ledger: SLALedger
    var runs: [EscalationRunRecord]
    var firings: [SLAFiring]
    var steps: [EscalationStep] = []
    /// Who follows the ticket.
    var followers: [AgentID] = []
    /// The whole ticket; read only where a level is due or a plan may start.
    var ticket: Ticket?

    /// Passes the thresholds that are due, and starts the chains that they ask for.
    ///
    /// - Throws: ``SLAError``.
    init(_ head: DueTicket, situation: PromiseSituation, ledger: SLALedger, keeper: EscalationKeeper, now: Timestamp) throws(SLAError) {
        self.head = head
        before = situation
        self.ledger = ledger
        firings = self.ledger.fire(now: now)
        runs = try keeper.follow(situation.runs, of: head.id, ledger: self.ledger, firings: firings, isWaiting: head.isWaiting, at: now)
    }

    func dueRuns(now: Timestamp) -> [EscalationRunRecord] {
        runs.filter { run in run.run.nextFireAt.map { $0 <= now } ?? false }
    }

    /// Takes every step of every run that is due.
    ///
    /// - Throws: ``CalendarError``.
    mutating func escalate(people: EscalationPeople, keeper: EscalationKeeper, now: Timestamp) throws(CalendarError) {
        guard let ticket else { return }
        followers = people.followers[ticket.id] ?? []
        var assignee = ticket.assigneeID
        let order = runs.indices.sorted { (runs[$0].run.scheduledFor, runs[$0].id) < (runs[$1].run.scheduledFor, runs[$1].id) }
        for index in order {
            let calendar = keeper.calendar(of: runs[index], ledger: ledger)
            var taken = try runs[index].fire(now: now, calendar: calendar, assignee: &assignee) { level, owner in
                people.recipients(of: level, group: ticket.content.groupID, assignee: owner)
            }
            for position in taken.indices { taken[position].tell(people, ticket: ticket, now: now, promises: keeper.promises) }
            steps += taken
        }
    }
}
