/// A question of `docket sla eval` with its answer and its calendar: what texts and pictures of it are made from.
public struct SLAEvaluationSituation: Sendable {
    public let request: SLAEvaluation.Request
    public let reply: SLAEvaluation.Reply
    public let calendar: BusinessCalendar?

    /// In which zone people read it.
    public var zone: TimeZoneRules { calendar?.zone ?? .utc }

    /// What a customer would be told.
    var statement: SLAStatement {
        let items = reply.timers.filter { SLAStatement.isForCustomers($0.metric) }.map { explanation in
            SLAStatement.Item(
                explanation: explanation,
                policyName: request.policy.name,
                description: request.policy.serviceDescription,
                calendarName: nil,
                pauses: explanation.pauses.map { SLAStatement.Pause(span: $0, state: state(at: $0.start)) }
            )
        }
        return SLAStatement(ticket: nil, now: request.now, zone: zone, zoneName: calendar?.zoneName ?? "UTC", items: items)
    }

    /// The states that the events enter, in order.
    public var states: [(at: Timestamp, state: Lifecycle.State)] {
        request.events.sorted { $0.at < $1.at }.compactMap { event in
            guard case .stateEntered(let category, let name) = event.kind else { return nil }
            let known = Lifecycle.standard.states
            let state = known.first { $0.state.rawValue == name } ?? known.first { $0.category == category && $0.category != .open }
            return (state ?? known.first { $0.state == .inProgress }).map { (event.at, $0) }
        }
    }

    private func state(at time: Timestamp) -> Lifecycle.State? {
        states.last { $0.at <= time }?.state
    }
}
