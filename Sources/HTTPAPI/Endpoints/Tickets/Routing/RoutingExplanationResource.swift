public import Domain
public import UseCases

/// Why a ticket has its agent, or waits.
struct RoutingExplanationResource: ResponseObject {
    enum Status: String, CaseIterable, Sendable {
        case waiting, offered, assigned
        case notRouted = "not_routed"
    }

    let ticketID: TicketID
    let explanation: TicketRoutingExplanation
    let intake: IntakeRecord?
    let offers: OfferRounds?

    static let schema = JSONSchema.object(
        "RoutingExplanation",
        [
            JSONProperty("ticket_id", .id, "The ticket."),
            JSONProperty(
                "status",
                .codes(Status.self),
                "Which of the members below there are; those of waiting are there for offered too, and as=now adds them to assigned."
            ),
            JSONProperty("intake", IntakeRecord.schema.nullable, "How it found its queue, where conditions, rules or hours decided it."),
            JSONProperty("offers", OfferRounds.schema.nullable, "Who was asked since the assignment before; null where nobody was."),
            JSONProperty("state", .string, isRequired: false, "not_routed: the ticket's state."),
            JSONProperty("offer", OfferObject.schema, isRequired: false, "offered: to whom."),
            JSONProperty("sequence", .integer(), isRequired: false, "assigned: the event's number in the ticket's history."),
            JSONProperty("at", .timestamp, isRequired: false, "assigned: when."),
            JSONProperty("assignment", assignmentSchema, isRequired: false, "assigned: how."),
            JSONProperty("decision", RecordedDecision.schema, isRequired: false, "offered, assigned: what routing recorded."),
            JSONProperty("queue_id", .id, isRequired: false, "waiting, offered, as=now: where."),
            JSONProperty("mode", .codes(RoutingMode.self), isRequired: false, "waiting, offered, as=now: how the queue ranks."),
            JSONProperty("age_seconds", .integer(), isRequired: false, "waiting, offered, as=now: for how long."),
            JSONProperty("step_in_force", .integer(), isRequired: false, "waiting, offered, as=now: the relaxation step by age."),
            JSONProperty("step_used", .integer(), isRequired: false, "waiting, offered, as=now: the step at which the agents were judged."),
            JSONProperty("step_used_after_seconds", .integer(), isRequired: false, "waiting, offered, as=now: from which age that step holds."),
            JSONProperty("winner_id", .id.nullable, isRequired: false, "waiting, offered, as=now: who would get it now."),
            JSONProperty("decided_by", .string.nullable, isRequired: false, "waiting, offered, as=now: in what the winner is better than the next."),
            JSONProperty("waits_because", .string.nullable, isRequired: false, "waiting, offered, as=now: why nobody gets it."),
            JSONProperty("opens_at", .timestamp.nullable, isRequired: false, "queue_closed, site_closed: when it opens."),
            JSONProperty("agents", .array(of: verdictSchema), isRequired: false, "waiting, offered, as=now: every agent, the best first."),
        ]
    )

    private static let assignmentSchema = JSONSchema.object(
        "AssignmentExplanation",
        [
            JSONProperty("agent_id", .id, "Who got it."),
            JSONProperty("previous_agent_id", .id.nullable, "Who had it before."),
            JSONProperty("cause", .string, "routing, offer, manual, claim or escalation."),
            JSONProperty("over_capacity", .boolean, "Beyond the agent's capacity, by hand."),
            JSONProperty("step", .integer().nullable, "routing: the relaxation step."),
            JSONProperty("rank", .string.nullable, "routing: the winner's rank."),
        ]
    )

    static let verdictSchema = JSONSchema.object(
        "AgentVerdict",
        [
            JSONProperty("agent_id", .id, "Who."),
            JSONProperty("refusal", .string.nullable, "The first filter that keeps him from it."),
            JSONProperty("rank", rankSchema.nullable, "His rank, where nothing does."),
        ]
    )

    private static let rankSchema = JSONSchema.object(
        "AgentRank",
        [
            JSONProperty("preferred", .boolean, "The ticket's preferred agent."),
            JSONProperty("tier", .integer(), "His tier in the queue."),
            JSONProperty("optional_skills_held", .integer(), "Of the ticket's optional skills."),
            JSONProperty("sum_of_levels", .integer(), "In the skills that it asks for."),
            JSONProperty("load_band", .integer(), "In percent: 50, 80 or 100."),
            JSONProperty("surplus_skills", .integer(), "That others may need more."),
            JSONProperty("load", .integer(), "After the assignment."),
            JSONProperty("capacity", .integer(), "His capacity."),
            JSONProperty("last_assigned_at", .timestamp.nullable, "When he got the last."),
            JSONProperty("distance_m", .integer().nullable, "Metres from his place to the ticket's, in a straight line."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("ticket_id", ticketID)
            writer.field("intake", intake)
            writer.field("offers", offers)
            switch explanation {
            case .notRouted(let state):
                writer.field("status", Status.notRouted.rawValue)
                writer.field("state", state.rawValue)
            case .offered(let offered):
                writer.field("status", Status.offered.rawValue)
                writer.field("offer", offered.offer)
                writer.field("decision", offered.decision)
                if let now = offered.now { Self.write(now, to: &writer) }
            case .assigned(let recorded):
                writer.field("status", Status.assigned.rawValue)
                writer.field("sequence", recorded.sequence)
                writer.field("at", recorded.at)
                writer.name("assignment")
                writer.object { recorded.assigned.write(to: &$0) }
                writer.field("decision", recorded.decision)
                if let now = recorded.now { Self.write(now, to: &writer) }
            case .waiting(let routing, let queue):
                writer.field("status", Status.waiting.rawValue)
                Self.write(CurrentRouting(explanation: routing, queue: queue), to: &writer)
            }
        }
    }

    private static func write(_ current: CurrentRouting, to writer: inout JSONWriter) {
        let routing = current.explanation
        writer.field("queue_id", current.queue)
        writer.field("mode", routing.mode.rawValue)
        writer.field("age_seconds", routing.ageSeconds)
        writer.field("step_in_force", routing.stepInForce)
        writer.field("step_used", routing.stepUsed)
        writer.field("step_used_after_seconds", routing.stepUsedAfterSeconds)
        writer.field("winner_id", routing.winner)
        writer.field("decided_by", code: routing.decidedBy)
        writer.field("waits_because", code: routing.waitsBecause)
        writer.field("opens_at", routing.opensAt)
        writer.field("agents", routing.agents)
    }
}

extension NamedRoutingExplanation {
    /// The answer of `explainTicketRouting` with `as=now`, for programs that ask the database and not the API.
    public var json: String {
        var writer = JSONWriter()
        RoutingExplanationResource(ticketID: ticket.id, explanation: explanation, intake: intake, offers: offers).write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension RoutingExplanation.Verdict: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", agent)
            writer.field("refusal", refusal)
            writer.field("rank", rank)
        }
    }
}

extension RoutingExplanation.Rank: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("preferred", preferred)
            writer.field("tier", tier)
            writer.field("optional_skills_held", optionalSkillsHeld)
            writer.field("sum_of_levels", sumOfLevels)
            writer.field("load_band", loadBand)
            writer.field("surplus_skills", surplusSkills)
            writer.field("load", load)
            writer.field("capacity", capacity)
            writer.field("last_assigned_at", lastAssignedAt)
            writer.field("distance_m", distanceMeters)
        }
    }
}
