public import Domain

/// What the breaches of a month cost.
struct PenaltyStatementResource: ResponseObject {
    let statement: PenaltyStatement

    private static let total = JSONSchema.object(
        "PenaltyTotal",
        [
            JSONProperty("policy_id", .id, "The policy."),
            JSONProperty("policy_name", .string, "Its present name."),
            JSONProperty("requester_id", .id.nullable, "The customer."),
            JSONProperty("currency", .string, "ISO 4217."),
        ] + tally
    )

    private static let tally = [
        JSONProperty("count", .integer(), "Entries that are to be paid or credited."),
        JSONProperty("amount", .integer(), "Their sum, in the currency's smallest unit."),
        JSONProperty("open_count", .integer(), "Of them, those whose breach is not over: they may grow."),
        JSONProperty("waived_count", .integer(), "Entries that were waived."),
        JSONProperty("waived_amount", .integer(), "Their sum."),
    ]

    private static let band = JSONSchema.object(
        "ContractBand",
        [
            JSONProperty("policy_id", .id, "The policy."),
            JSONProperty("policy_name", .string, "Its present name."),
            JSONProperty("metric", .codes(SLAMetric.self), "What was measured."),
            JSONProperty("over_seconds", .integer(), "From how many seconds beyond the target the band holds."),
        ] + tally
    )

    private static let contract = JSONSchema.object(
        "ContractSum",
        [
            JSONProperty("contract_id", .id, "The contract."),
            JSONProperty("number", .string, "Its number."),
            JSONProperty("name", .string, "Its name."),
            JSONProperty("organization_id", .id, "Whose it is."),
            JSONProperty("currency", .string, "ISO 4217."),
            JSONProperty("bands", .array(of: band), "By severity, in the order of policy, metric, band."),
        ] + tally + [
            JSONProperty("monthly_cap", .integer().nullable, "The most that a month costs."),
            JSONProperty("cap_reduction", .integer(), "What the cap takes off; 0 where `policy_id` shows only some of the contract's entries."),
            JSONProperty("payable", .integer(), "What is left: to be paid or credited."),
        ]
    )

    static let schema = JSONSchema.object(
        "PenaltyStatement",
        [
            JSONProperty("month", .string, "YYYY-MM."),
            JSONProperty("tz", .string, "By whose midnights the month begins and ends."),
            JSONProperty("from", .timestamp, "From when targets were missed."),
            JSONProperty("to", .timestamp, "Until just before when."),
            JSONProperty("unassessed", .integer(), "Breaches of the month that are not in the ledger as they are: `computePenalties` brings them."),
            JSONProperty("contracts", .array(of: contract), "What falls under contracts, in the order of their numbers."),
            JSONProperty("totals", .array(of: total), "What falls under none, in the order of policy, customer, currency."),
            JSONProperty("entries", .array(of: PenaltyResource.schema, count: 0...PenaltyStatement.maximumLines), "In the order of the breaches."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("month", statement.month.description)
            writer.field("tz", statement.zone)
            writer.field("from", statement.span.lowerBound)
            writer.field("to", statement.span.upperBound)
            writer.field("unassessed", statement.unassessed)
            writer.name("contracts")
            writer.array { writer in
                for sum in statement.contracts {
                    writer.object { Self.write(sum, to: &$0) }
                }
            }
            writer.name("totals")
            writer.array { writer in
                for total in statement.totals {
                    writer.object { Self.write(total, to: &$0) }
                }
            }
            writer.name("entries")
            writer.array { writer in
                for line in statement.lines { PenaltyResource(line: line).write(to: &writer) }
            }
        }
    }

    private static func write(_ total: PenaltyStatement.Total, to writer: inout JSONWriter) {
        writer.field("policy_id", total.policyID)
        writer.field("policy_name", total.policyName)
        writer.field("requester_id", total.requesterID)
        writer.field("currency", total.currency)
        write(total.tally, to: &writer)
    }

    private static func write(_ sum: ContractSum, to writer: inout JSONWriter) {
        writer.field("contract_id", sum.contract.id)
        writer.field("number", sum.contract.number)
        writer.field("name", sum.contract.name)
        writer.field("organization_id", sum.organizationID)
        writer.field("currency", sum.currency)
        writer.name("bands")
        writer.array { writer in
            for band in sum.bands {
                writer.object { writer in
                    writer.field("policy_id", band.policyID)
                    writer.field("policy_name", band.policyName)
                    writer.field("metric", band.metric.rawValue)
                    writer.field("over_seconds", band.overSeconds)
                    write(band.tally, to: &writer)
                }
            }
        }
        write(sum.tally, to: &writer)
        writer.field("monthly_cap", sum.contract.monthlyCap)
        writer.field("cap_reduction", sum.capReduction)
        writer.field("payable", sum.payable)
    }

    private static func write(_ tally: PenaltyTally, to writer: inout JSONWriter) {
        writer.field("count", tally.count)
        writer.field("amount", tally.amount)
        writer.field("open_count", tally.openCount)
        writer.field("waived_count", tally.waivedCount)
        writer.field("waived_amount", tally.waivedAmount)
    }
}

extension PenaltyStatement {
    /// The answer of `getSLAStatement`, for programs that ask the database and not the API.
    public var json: String {
        var writer = JSONWriter()
        PenaltyStatementResource(statement: self).write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
