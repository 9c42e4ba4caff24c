public import Domain
public import UseCases

extension RecordedDecision: JSONWritable {
    static let schema = JSONSchema.object(
        "RecordedDecision",
        [
            JSONProperty("step", .integer().nullable, "The relaxation step."),
            JSONProperty("rank", .string.nullable, "The winner's rank."),
            JSONProperty("others", RoutingOthers.schema.nullable, "What it saw of the queue's other agents; null where it was not recorded."),
        ]
    )

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("step", step)
            writer.field("rank", rank)
            writer.field("others", others)
        }
    }
}

extension RoutingOthers: JSONWritable {
    static let schema = JSONSchema.object(
        "RoutingOthers",
        [
            JSONProperty("decided_by", .string, "In what the winner was better than the next; `exchange` where tickets of one pass were exchanged."),
            JSONProperty("eligible", .integer(), "How many others might have got it."),
            JSONProperty("refused", .array(of: refusedSchema), "How many each filter kept away, the most first."),
            JSONProperty("named", .array(of: namedSchema), "Those that were recorded one by one: the best ranks first, then who was refused."),
        ]
    )

    private static let refusedSchema = JSONSchema.object(
        "RefusedAgents",
        [
            JSONProperty("refusal", .string, "The first filter that kept them from it; `skill` for any skill, `other` for further filters."),
            JSONProperty("agents", .integer(), "How many."),
        ]
    )

    private static let namedSchema = JSONSchema.object(
        "RecordedVerdict",
        [
            JSONProperty("agent_id", .id, "Who."),
            JSONProperty("refusal", .string.nullable, "The first filter that kept him from it."),
            JSONProperty("rank", .string.nullable, "His rank, where nothing did, with the load that he would have had."),
        ]
    )

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("decided_by", decidedBy.rawValue)
            writer.field("eligible", eligible)
            writer.field("refused", refusedInOrder.map { Refused(refusal: $0.filter, agents: $0.agents) })
            writer.field("named", named)
        }
    }

    private struct Refused: JSONWritable {
        let refusal: String
        let agents: Int

        func write(to writer: inout JSONWriter) {
            writer.object { writer in
                writer.field("refusal", refusal)
                writer.field("agents", agents)
            }
        }
    }
}

extension RoutingOthers.Verdict: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", agent)
            writer.field("refusal", refusal)
            writer.field("rank", rank)
        }
    }
}
