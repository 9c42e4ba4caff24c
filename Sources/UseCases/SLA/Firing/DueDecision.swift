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
    init(_ head: DueTicket, situation: PromiseSituation, ledger: SLALedger, keeper: EscalationKeeper, now: Timestamp) {
        self.head = head
        before = situation
        self.ledger = ledger
        firings = self.ledger.fire(now: now)
        runs = keeper.follow(situation.runs, of: head.id, ledger: self.ledger, firings: firings, state: head.state, at: now)
    }

    /// The runs of which something is due, and those that may begin after them.
    func dueRuns(keeper: EscalationKeeper, now: Timestamp) -> [EscalationRunRecord] {
        let due = runs.filter { run in run.run.nextFireAt.map { $0 <= now } ?? false }
        return due + due.compactMap { keeper.successor(of: $0, ledger: ledger) }
    }

    /// Takes every step of every run that is due, in the order of their times over all runs: what a level changes holds for the later ones, and a run that was over when
    /// a threshold was passed makes room for the next (sla.md, "Scheduler down").
    mutating func escalate(people: EscalationPeople, keeper: EscalationKeeper, now: Timestamp) {
        guard let ticket else { return }
        followers = people.followers[ticket.id] ?? []
        var assignee = ticket.assigneeID
        var priority = ticket.content.priority
        while let (index, due) = nextStep(now: now) {
            let calendar = keeper.calendar(of: runs[index], ledger: ledger, ticket: ticket)
            var taken = runs[index].fire(now: now, upTo: due, calendar: calendar, assignee: &assignee) { level, owner in
                people.recipients(of: level, group: ticket.content.groupID, assignee: owner)
            }
            for position in taken.indices {
                if taken[position].actions.contains(.raisePriority) { priority = priority.higher ?? priority }
                taken[position].tell(people, ticket: ticket, priority: priority, now: now, promises: keeper.promises)
            }
            steps += taken
            if taken.contains(where: { $0.newAssignee != nil }) { endWaits(at: due) }
            keeper.answerCalls(of: index, in: &runs, ledger: ledger, state: head.state, at: now)
        }
    }

    /// A level gave the ticket to somebody: it waits for nobody from then on, as it would not have had the level been taken in time.
    private mutating func endWaits(at time: Timestamp) {
        for index in runs.indices where runs[index].waitTrigger != nil { runs[index].run.end(.stopped, at: time) }
    }

    /// The run of which the next step is due first.
    private func nextStep(now: Timestamp) -> (index: Int, due: Timestamp)? {
        let due = runs.indices.compactMap { index in runs[index].run.nextFireAt.flatMap { $0 <= now ? (index, $0) : nil } }
        return due.min { ($0.1, runs[$0.0].id) < ($1.1, runs[$1.0].id) }
    }
}
