import Domain
import Store

/// What a batch of locked tickets comes to: a pure decision, made in the order in which the database is asked.
struct DueBatch {
    let configuration: TenantConfiguration
    let rules: TicketRules
    let now: Timestamp
    var report = DueReport()
    /// Loads of agents, locked; those who get a ticket in this batch carry it already.
    var loads: [AgentID: LockAgentLoads.Row] = [:]
    private(set) var outcomes: [DueOutcome] = []
    /// How many tickets were measured anew, and how many of their targets turned out to be missed already.
    private(set) var measured = (changed: 0, breached: 0)
    private var decisions: [DueDecision] = []
    /// As they were before the levels were taken: they are taken again where somebody turns out to work here no more.
    private var untaken: [DueDecision] = []
    /// Tickets whose policy or calendar has been edited since their clocks heard of it: what is due by them may be put off.
    private var outdated: [(head: DueTicket, situation: PromiseSituation, ledger: SLALedger)] = []
    private let keeper: EscalationKeeper
    private let identifiers = IdentifierSource()

    init(configuration: TenantConfiguration, rules: TicketRules, now: Timestamp) {
        self.configuration = configuration
        self.rules = rules
        self.now = now
        keeper = EscalationKeeper(configuration: configuration, lifecycle: rules.lifecycle)
    }

    /// The runs of which a level is due, and those that may begin after them.
    var escalating: [EscalationRunRecord] { decisions.flatMap { $0.dueRuns(keeper: keeper, now: now) } }

    /// The tickets that must be known as a whole: a level is due, or a target was missed for which there is a plan.
    var ticketsToRead: [TicketID] {
        let started = decisions.filter { decision in
            configuration.playbooks.contains { decision.firings.contains(where: $0.content.isStarted(by:)) }
        }
        return Set(escalating.map(\.ticket) + started.map(\.head.id)).sorted()
    }

    /// Everybody whose load changes, in the order in which loads are locked.
    var agentsToLock: [AgentID] {
        var agents: Set<AgentID> = []
        for decision in decisions {
            let new = decision.steps.compactMap(\.newAssignee)
            // Of another priority the ticket may weigh something else.
            let isRaised = decision.steps.contains { $0.actions.contains(.raisePriority) }
            guard !new.isEmpty || isRaised else { continue }
            agents.formUnion(new)
            // Who is asked about the ticket holds it, too: the offer is taken back.
            if let former = decision.ticket?.holderID { agents.insert(former) }
        }
        return agents.sorted()
    }

    /// The tickets to measure anew before anything of them fires.
    var ticketsToMeasure: [TicketID] { outdated.map(\.head.id) }

    /// Passes the thresholds that are due, but of tickets that must be measured anew first (``remeasure(_:)``); a ticket that cannot be judged is left alone.
    mutating func judge(_ heads: [DueTicket], ledgers: [LoadLedgers.Row], runs: [EscalationRunRecord]) {
        let ledgers = Dictionary(ledgers.map { ($0.ticket, $0.ledger) }, uniquingKeysWith: { first, _ in first })
        let runs = Dictionary(grouping: runs, by: \.ticket)
        for head in heads {
            // A ticket that was promised nothing has no clocks, and may have runs.
            let none: SLALedger? = runs[head.id] == nil ? nil : SLALedger()
            guard let ledger = ledgers[head.id, default: none] else {
                report.failed.append((head.id, "its clocks are missing or cannot be read"))
                continue
            }
            let situation = PromiseSituation(ledger: ledger, runs: runs[head.id] ?? [])
            guard !configuration.promises.edits.concern(ledger.facts) else {
                outdated.append((head, situation, ledger))
                continue
            }
            decisions.append(DueDecision(head, situation: situation, ledger: ledger, keeper: keeper, now: now))
        }
    }

    /// Measures tickets anew by what was edited, as the re-evaluation would that has not reached them yet (decision 0066). Their levels come with the next batch; whoever
    /// cannot be measured so fires by what its clocks know.
    ///
    /// - Parameter tickets: locked.
    mutating func remeasure(_ tickets: [Ticket]) {
        let tickets = Dictionary(tickets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let promises = PromiseKeeper(configuration: configuration, rules: rules)
        for (head, situation, ledger) in outdated {
            if let ticket = tickets[head.id], let decided = try? promises.reevaluate(ticket, situation: situation, made: nil, at: now) {
                let entry = RoutingEntry(waiting: decided.change.after, byDeadline: decided.promises.nextDueAt, configuration: configuration)
                let outcome = DueOutcome(promising: decided.change, of: ticket, promises: decided.promises, isFirstLedger: false, entry: entry)
                report.count(outcome, now: now)
                report.hasMore = true
                measured.changed += 1
                measured.breached += decided.promises.firings.count { $0.threshold == .breach && $0.cause == .retarget }
                outcomes.append(outcome)
            } else {
                decisions.append(DueDecision(head, situation: situation, ledger: ledger, keeper: keeper, now: now))
            }
        }
        outdated = []
    }

    mutating func take(_ tickets: [Ticket]) {
        let tickets = Dictionary(tickets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for index in decisions.indices { decisions[index].ticket = tickets[decisions[index].head.id] }
    }

    /// Those to whom a level gives a ticket and whose loads are not there: who was deactivated since the people were read.
    var missingTakers: Set<AgentID> {
        Set(decisions.flatMap(\.steps).compactMap(\.newAssignee)).filter { loads[$0] == nil }
    }

    /// Takes the steps of the runs that are due; called again, instead of those that were taken before.
    mutating func escalate(people: EscalationPeople) {
        if untaken.isEmpty { untaken = decisions }
        decisions = untaken
        for index in decisions.indices { decisions[index].escalate(people: people, keeper: keeper, now: now) }
    }

    /// Makes events of what was decided, and does the levels' actions.
    mutating func settle() {
        for decision in decisions {
            do {
                let outcome = try outcome(of: decision)
                report.count(outcome, now: now)
                outcomes.append(outcome)
            } catch {
                report.failed.append((decision.head.id, "\(error)"))
            }
        }
        (decisions, untaken) = ([], [])
    }

    private mutating func outcome(of decision: DueDecision) throws(SLAError) -> DueOutcome {
        let starts = decision.ticket.map { rules.start(configuration.playbooks, after: decision.firings, on: $0) } ?? []
        guard let ticket = decision.ticket, !decision.steps.isEmpty || !starts.isEmpty else { return DueOutcome(firing: decision, now: now) }
        let parts = decision.parts(starting: starts)
        var change = TicketChange(of: ticket, by: .scheduler, at: now, parts.first?.payloads ?? [])
        var tasks = starts.tasks(for: ticket.id, at: change.after.updatedAt) { identifiers.next() }
        var (calls, holds): ([DueOutcome.Call], [HeldNotice]) = ([], [])
        for (index, part) in parts.enumerated() {
            if index > 0 { change = change.appending(part.payloads, by: .scheduler) }
            guard case .step(let step) = part else { continue }
            calls += step.calls(sequence: change.after.lastSequence)
            holds += step.holds(about: ticket.id, sequence: change.after.lastSequence)
            change = act(step, on: change, followers: decision.followers)
        }
        var ledger = decision.ledger
        var runs = decision.runs
        var firings = decision.firings
        let isRowChanged =
            change.after.content != ticket.content || change.after.assigneeID != ticket.assigneeID || change.after.state != ticket.state
        if isRowChanged {
            // Another priority or state may have moved the clocks.
            let settled = try PromiseKeeper(configuration: configuration, rules: rules).settle(change, ledger: &ledger, runs: &runs)
            change = settled.change
            firings += settled.firings
            tasks += settled.tasks
        }
        let promises = PromiseChange(
            of: ticket.id,
            from: decision.before,
            to: ledger,
            runs: runs,
            firings: firings,
            tasks: tasks,
            at: change.after.updatedAt
        )
        return DueOutcome(decision, change: change, isRowChanged: isRowChanged, promises: promises, calls: calls, holds: holds)
    }

    /// Does what a level asks for besides telling people; what the ticket refuses in its state is left undone.
    private mutating func act(_ step: EscalationStep, on change: TicketChange, followers: [AgentID]) -> TicketChange {
        var change = change
        if step.actions.contains(.addFollower) {
            let known = followers + change.addedFollowers
            let new = step.recipients.agents.filter { !known.contains($0) }.prefix(max(0, TicketRules.maximumFollowers - known.count))
            change = change.appending(new.map { .verb(.followerAdded(TicketEvent.Follower(agentID: $0))) }, by: .scheduler)
        }
        if let request = step.flowRequest { change = change.appending([request], by: .scheduler) }
        if let agent = step.newAssignee, let load = loads[agent], change.after.assigneeID != agent {
            let content = change.after.content
            if let assigned = try? rules.assign(
                change.after,
                to: agent,
                cause: .escalation,
                isOverCapacity: !load.fits(content.weight, on: content.channel),
                by: .scheduler,
                at: now
            ), !assigned.events.isEmpty {
                change = change.appending(assigned.events.map(\.payload), by: .scheduler)
                loads[agent] = load.adding(content.weight, on: content.channel)
            }
        }
        if step.actions.contains(.raisePriority), let higher = change.after.content.priority.higher {
            var content = change.after.content
            content.priority = higher
            content.weight = configuration.weight(of: content, editedFrom: change.after.content)
            if let raised = try? rules.update(change.after, to: content, reason: "escalation", by: .scheduler, at: now) {
                if let agent = change.after.assigneeID, let load = loads[agent] {
                    loads[agent] = load.adding(content.weight - change.after.content.weight, on: content.channel)
                }
                change = change.appending(raised.events.map(\.payload), by: .scheduler)
            }
        }
        return change
    }
}

extension TicketChange {
    /// Who follows the ticket by it.
    var addedFollowers: [AgentID] {
        events.compactMap { if case .verb(.followerAdded(let added)) = $0.payload { added.agentID } else { nil } }
    }
}

extension EscalationStep {
    /// The endpoints that the level names, and those by which people want to hear of it.
    fileprivate func calls(sequence: Int) -> [DueOutcome.Call] {
        let asked = notices.compactMap { notice in if case .call(let endpoint) = notice { endpoint } else { nil } }
        return (recipients.endpoints + asked).map { DueOutcome.Call(sequence: sequence, endpoint: $0) }
    }

    /// Those who are told when their quiet hours end.
    fileprivate func holds(about ticket: TicketID, sequence: Int) -> [HeldNotice] {
        notices.compactMap { notice in
            guard case .wait(let agent, let end) = notice else { return nil }
            return HeldNotice(ticket: ticket, sequence: sequence, agent: agent, dueAt: end)
        }
    }
}
