/// A tenant's own queue in a simulation: what `GET /v1/queues/{id}` says of how it ranks agents and tickets. Membership, hours, offers and overflow have no part.
public struct SimulatedQueue: Sendable, Decodable {
    let rules: RoutingQueueRules
    let order: RankOrder

    private enum CodingKeys: String, CodingKey {
        case mode, steps, strict
        case orderBy = "order_by"
        case defaultTargetSeconds = "default_target_seconds"
    }

    /// - Throws: `DecodingError` where a member is of another kind than the API's, ``RouteEvaluationError`` where a step is out of its range.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        var given = RouteEvaluationInput(now: 0, agents: [], tickets: [])
        given.steps = try container.decodeIfPresent([RouteEvaluationInput.Step].self, forKey: .steps)
        let reader = try RouteEvaluationReader(given)
        rules = RoutingQueueRules(
            mode: try container.decodeIfPresent(RoutingMode.self, forKey: .mode) ?? .balanced,
            steps: try reader.steps(given.steps ?? [])
        )
        // Every ticket has the same default target here: there are no promises.
        let isByDeadline = try container.decodeIfPresent(String.self, forKey: .orderBy) == "deadline"
        let isStrict = try container.decodeIfPresent(Bool.self, forKey: .strict) ?? false
        let target = try container.decodeIfPresent(Int.self, forKey: .defaultTargetSeconds) ?? 0
        order = isStrict ? .strictPriority : isByDeadline ? .deadline(defaultTargetSeconds: target) : .standard
    }

    /// When the next step of the ticket comes into force, in microseconds; nil once the last is.
    func nextStep(of ticket: RoutingTicket, at clock: Int64) -> Int64? {
        rules.schedule.nextStepAt(eligibleAt: ticket.eligibleAt, now: Timestamp(microseconds: clock))?.microseconds
    }
}
