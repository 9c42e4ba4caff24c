import Domain
import UseCases

/// What `docket route explain` prints of decisions that were recorded.
enum RecordedDecisionText {
    /// Goes on behind who got the ticket.
    static func render(_ decision: RecordedDecision, name: (AgentID) -> String) -> String {
        var text = ""
        if let step = decision.step { text += ", step \(step)" }
        if let rank = decision.rank, !rank.isEmpty { text += ", rank \(rank)" }
        guard let others = decision.others else { return text }
        text += ", decided by \(others.decidedBy.rawValue)."
        guard others.count > 0 else { return text + "\nThere was nobody else." }
        let counts = ["\(others.eligible) eligible"] + others.refusedInOrder.map { "\($0.agents) \($0.filter)" }
        text += "\nThe others then: " + counts.joined(separator: ", ") + "."
        guard !others.named.isEmpty else { return text }
        let rows = others.named.map { [name($0.agent), $0.refusal ?? "-", $0.rank ?? "-"] }
        text += "\n\n" + TextTable.render([["agent", "refused by", "rank"]] + rows)
        let unnamed = others.count - others.named.count
        return text + (unnamed > 0 ? "\n(and \(unnamed) not recorded one by one)" : "")
    }

    static func render(_ offers: OfferRounds, name: (AgentID) -> String) -> String {
        let rows = offers.asked.map { asked in
            let end = asked.endedAt.map { "\($0)" } ?? "-"
            return ["\(asked.round)", name(asked.agent), "\(asked.offeredAt)", asked.outcome?.rawValue ?? "open", end, asked.reason ?? "-"]
        }
        let head = offers.isCut ? "Asked, the last of them" : "Asked"
        return "\(head) (rounds over: \(offers.over)):\n" + TextTable.render([["round", "agent", "offered", "answer", "at", "reason"]] + rows)
    }
}
