extension PenaltyStatement {
    /// One record an entry, in the order of the breaches. Amounts are in the currency's smallest unit, overruns in whole microseconds.
    public var csv: CSVText {
        var text = CSVText(header: [
            "penalty_id", "ticket", "policy_id", "policy", "policy_version", "requester_id", "metric", "instance", "target_version", "breached_at",
            "ended_at",
            "overrun_us", "over_seconds", "amount", "currency", "waived",
        ])
        for line in lines {
            let (penalty, breach) = (line.penalty, line.penalty.breach)
            text.add([
                .text(penalty.id.description), .number(line.ticketNumber), .text(breach.policy.id.description), .text(line.policyName),
                .number(Int64(breach.policy.version)), penalty.requesterID.map { .text($0.description) } ?? .empty, .text(breach.metric.rawValue),
                .number(Int64(breach.instance)), .number(Int64(breach.targetVersion)), .text(breach.breachedAt.description),
                breach.endedAt.map { .text($0.description) } ?? .empty, .number(breach.overrun),
                penalty.price.map { .number($0.overSeconds) } ?? .empty,
                penalty.price.map { .number($0.amount) } ?? .empty, penalty.price.map { .text($0.currency) } ?? .empty,
                .text(line.isWaived ? "yes" : "no"),
            ])
        }
        return text
    }
}
