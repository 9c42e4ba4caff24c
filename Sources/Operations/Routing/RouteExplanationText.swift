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
        case .offered(let offered):
            parts.append(recorded(offered, named))
            if let now = offered.now { parts.append("If it were not offered now:\n" + decision(now.explanation, named)) }
        case .assigned(let assigned):
            parts.append(recorded(assigned, named))
            if let now = assigned.now { parts.append("If it were waiting now:\n" + decision(now.explanation, named)) }
        case .notRouted:
            parts.append("It neither waits in a queue nor has it an agent.")
        }
        if let offers = named.offers { parts.append(RecordedDecisionText.render(offers) { name($0, named) }) }
        return parts.joined(separator: "\n\n")
    }

    private static func queue(of named: NamedRoutingExplanation) -> String {
        named.queueName.map { ", queue \($0)" } ?? ", in no queue"
    }

    private static func recorded(_ offered: OfferedRouting, _ named: NamedRoutingExplanation) -> String {
        let offer = offered.offer
        let line = "Offered to \(name(offer.agentID, named)) at \(offer.offeredAt), open until \(offer.expiresAt)"
        return line + RecordedDecisionText.render(offered.decision) { name($0, named) }
    }

    private static func recorded(_ recorded: AssignedRouting, _ named: NamedRoutingExplanation) -> String {
        let assigned = recorded.assigned
        let line = "Assigned to \(name(assigned.agentID, named)) at \(recorded.at) by \(assigned.cause.rawValue)"
        let excess = assigned.isOverCapacity ? ", beyond his capacity" : ""
        return line + excess + RecordedDecisionText.render(recorded.decision) { name($0, named) }
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
