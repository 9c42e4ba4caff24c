import Domain
import Store

/// Notices of a tenant whose time has come, and all that is asked about them.
struct HeldNoticeBatch {
    /// What is to become of one.
    enum Fate {
        case mail(EscalationMail)
        case call(WebhookEndpointID)
        case wait(until: Timestamp)
        case drop(NoticeLapse)
    }

    private(set) var rows: [ClaimHeldNotices.Row]
    /// Whether more are due than are taken up.
    let hasMore: Bool
    private var tickets: [TicketID: Ticket] = [:]
    private var ledgers: [TicketID: SLALedger] = [:]
    private var runs: [EscalationRunID: EscalationRunRecord] = [:]

    /// Somebody of whom only a part may have been claimed is left for the next batch, so that he gets one mail.
    ///
    /// - Parameter limit: the most rows of a claim.
    init(_ claimed: [ClaimHeldNotices.Row], limit: Int) {
        hasMore = claimed.count >= limit
        rows = claimed
        guard hasMore, let last = claimed.last?.notice.agent, let end = claimed.lastIndex(where: { $0.notice.agent != last }) else { return }
        rows = Array(claimed[...end])
    }

    var ticketIDs: [TicketID] { Set(rows.map(\.notice.ticket)).sorted() }
    var agentIDs: [AgentID] { Set(rows.map(\.notice.agent)).sorted() }
    var runIDs: [EscalationRunID] { Set(rows.compactMap { $0.escalated?.runID }).sorted() }

    mutating func take(_ tickets: [Ticket], ledgers: [LoadLedgers.Row], runs: [EscalationRunRecord]) {
        self.tickets = Dictionary(tickets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.runs = Dictionary(runs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for row in ledgers { self.ledgers[row.ticket] = row.ledger }
    }

    /// Decides anew: whether it is true, whether he is there, and how he hears of it now.
    func fate(of row: ClaimHeldNotices.Row, people: EscalationPeople, keeper: EscalationKeeper, now: Timestamp) -> Fate {
        guard let escalated = row.escalated, let firing = EscalationFiring(escalated), let ticket = tickets[row.notice.ticket],
            let run = runs[escalated.runID]
        else { return .drop(.unreadable) }
        let ledger = ledgers[ticket.id]
        let timer = ledger.flatMap { keeper.timer(of: run.trigger, in: $0) }
        // A state of a life cycle that is not known says nothing against it.
        let isUnsolved = keeper.lifecycle.category(of: ticket.state)?.isUnsolved ?? true
        let lapse = run.lapse(
            ofLevel: firing.level,
            to: row.notice.agent,
            ticket: ticket,
            isUnsolved: isUnsolved,
            timer: timer,
            mayLackTimer: ledger?.isShortened == true,
            at: now
        )
        if let lapse { return .drop(lapse) }
        switch people.notice(to: row.notice.agent, priority: ticket.content.priority, now: now) {
        case nil: return .drop(.left)
        case .wait(_, let end): return .wait(until: end)
        case .call(let endpoint): return .call(endpoint)
        case .mail(let address): return .mail(EscalationMail(firing, of: run.id, to: address, about: ticket))
        }
    }
}

extension ClaimHeldNotices.Row {
    fileprivate var escalated: TicketEvent.Escalated? {
        if case .escalated(let escalated) = event?.payload { escalated } else { nil }
    }
}
