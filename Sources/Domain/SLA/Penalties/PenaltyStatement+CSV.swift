extension PenaltyStatement {
    /// One record an entry, in the order of the breaches, then one for each contract whose cap takes something off, with that as a negative amount. Amounts are
    /// in the currency's smallest unit, overruns in whole microseconds. Amounts without what of them is waived add up to what is to be paid.
    public var csv: CSVText {
        var text = CSVText(header: [
            "penalty_id", "ticket", "policy_id", "policy", "policy_version", "requester_id", "metric", "instance", "target_version", "breached_at",
            "ended_at",
            "overrun_us", "over_seconds", "amount", "currency", "waived", "organization_id",
            "contract_id", "contract", "record", "waived_amount",
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
                .text(line.isWaived ? "yes" : line.waivedAmount == nil ? "no" : "in part"),
                breach.organization.map { .text($0.description) } ?? .empty,
                line.contract.map { .text($0.id.description) } ?? .empty, line.contract.map { .text($0.number) } ?? .empty, .text("penalty"),
                .number(line.waived),
            ])
        }
        for sum in contracts where sum.capReduction > 0 {
            text.add(
                Array(repeating: .empty, count: 13)
                    + [
                        .number(-sum.capReduction), .text(sum.currency), .text("no"), .text(sum.organizationID.description),
                        .text(sum.contract.id.description), .text(sum.contract.number), .text("cap"), .number(0),
                    ]
            )
        }
        return text
    }
}
