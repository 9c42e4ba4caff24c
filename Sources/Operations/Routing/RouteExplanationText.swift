import Domain
import UseCases

/// What `docket route explain` prints for people.
enum RouteExplanationText {
    static func render(_ named: NamedRoutingExplanation) -> String {
        let ticket = named.ticket
        var parts = ["Ticket #\(ticket.number): \(ticket.state.rawValue), P\(ticket.content.priority.rawValue)" + queue(of: named)]
        switch named.explanation {
        case .waiting(let routing, _):
            parts.append(decision(routing, named))
        case .assigned(let assigned, let time, let now):
            parts.append(recorded(assigned, at: time, named))
            if let now { parts.append("If it were waiting now:\n" + decision(now.explanation, named)) }
        case .notRouted:
            parts.append("It neither waits nor was it ever assigned.")
        }
        return parts.joined(separator: "\n\n")
    }

    private static func queue(of named: NamedRoutingExplanation) -> String {
        named.queueName.map { ", queue \($0)" } ?? ", in no queue"
    }

    private static func recorded(_ assigned: TicketEvent.Assigned, at time: Timestamp, _ named: NamedRoutingExplanation) -> String {
        var line = "Assigned to \(name(assigned.agentID, named)) at \(time) by \(assigned.cause.rawValue)"
        if let step = assigned.step { line += ", step \(step)" }
        if let rank = assigned.rank, !rank.isEmpty { line += ", rank \(rank)" }
        return line + (assigned.isOverCapacity ? ", beyond his capacity" : "")
    }

    private static func decision(_ routing: RoutingExplanation, _ named: NamedRoutingExplanation) -> String {
        let outcome: String
        if let winner = routing.winner {
            outcome = "Goes to \(name(winner, named)), decided by \(routing.decidedBy?.rawValue ?? "nothing")."
        } else {
            outcome = "Waits: \(routing.waitsBecause?.rawValue ?? "nobody")\(routing.opensAt.map { ", opens at \($0)" } ?? "")."
        }
        let step =
            routing.stepUsed == routing.stepInForce
            ? "step \(routing.stepUsed)" : "step \(routing.stepUsed) (by age \(routing.stepInForce), where nobody present could take it)"
        let head = "Mode \(routing.mode.rawValue), age \(routing.ageSeconds) s, \(step). \(outcome)"
        guard !routing.agents.isEmpty else { return head + "\nThere are no agents." }
        return head + "\n\n" + TextTable.render([columns] + routing.agents.map { row($0, named) })
    }

    private static let columns = [
        "agent", "refused by", "preferred", "tier", "optional", "levels", "metres", "band %", "surplus", "load", "last assigned",
    ]

    private static func row(_ verdict: RoutingExplanation.Verdict, _ named: NamedRoutingExplanation) -> [String] {
        let agent = name(verdict.agent, named)
        guard let rank = verdict.rank else {
            return [agent, verdict.refusal ?? "-"] + Array(repeating: "-", count: columns.count - 2)
        }
        return [
            agent, "-", rank.preferred ? "yes" : "no", "\(rank.tier)", "\(rank.optionalSkillsHeld)", "\(rank.sumOfLevels)",
            rank.distanceMeters.map { "\($0)" } ?? "-", "\(rank.loadBand)", "\(rank.surplusSkills)", "\(rank.load)/\(rank.capacity)",
            rank.lastAssignedAt?.description ?? "never",
        ]
    }

    private static func name(_ agent: AgentID, _ named: NamedRoutingExplanation) -> String {
        named.agentNames[agent] ?? agent.description
    }
}
