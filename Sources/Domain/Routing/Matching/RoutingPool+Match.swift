extension RoutingPool {
    /// Matches a batch of tickets (routing.md E).
    ///
    /// - Parameters:
    ///   - tickets: in any order, each id once; a dispatcher passes at most ``batchLimit``.
    ///   - now: the time that ages are taken at.
    /// - Returns: every ticket, either assigned or waiting with its reason. The pool's loads include the assignments.
    public mutating func match(_ tickets: [RoutingTicket], now: Timestamp) -> RoutingResult {
        var pass = RoutingPass(tickets, now: now, in: &self)
        pass.run(in: &self)
        var result = RoutingResult()
        for entry in pass.entries {
            if let agent = entry.agent {
                result.assignments.append(assignment(of: entry, to: agent))
            } else {
                result.waiting.append(wait(of: entry, now: now))
            }
        }
        return result
    }

    private func assignment(of entry: RoutingPass.Entry, to agent: Int) -> RoutingAssignment {
        RoutingAssignment(
            ticket: entry.ticket.id,
            agent: agents[agent].id,
            weight: entry.ticket.weight,
            step: entry.step,
            assignedAt: Timestamp(microseconds: entry.assignedAt)
        )
    }

    private func wait(of entry: RoutingPass.Entry, now: Timestamp) -> RoutingWait {
        var nextStepAt = rules.schedule.nextStepAt(eligibleAt: entry.ticket.eligibleAt, now: now)
        if entry.wait == .heldForPreferred {
            let end = stickyUntil(entry.ticket)
            nextStepAt = nextStepAt.map { min($0, end) } ?? end
        }
        return RoutingWait(ticket: entry.ticket.id, reason: entry.wait, step: entry.step, nextStepAt: nextStepAt)
    }
}
