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
            JSONProperty("count", .integer(), "Entries that are to be paid or credited."),
            JSONProperty("amount", .integer(), "Their sum, in the currency's smallest unit."),
            JSONProperty("open_count", .integer(), "Of them, those whose breach is not over: they may grow."),
            JSONProperty("waived_count", .integer(), "Entries that were waived."),
            JSONProperty("waived_amount", .integer(), "Their sum."),
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
            JSONProperty("totals", .array(of: total), "In the order of policy, customer, currency."),
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
        writer.field("count", total.count)
        writer.field("amount", total.amount)
        writer.field("open_count", total.openCount)
        writer.field("waived_count", total.waivedCount)
        writer.field("waived_amount", total.waivedAmount)
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
