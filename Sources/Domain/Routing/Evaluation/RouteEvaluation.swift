/// `docket route eval`: the dispatcher's matcher on text ids.
///
/// Each text becomes a numeric id by its place in the order of UTF-8 bytes, so ties fall as the texts order and nothing else differs.
public enum RouteEvaluation {
    /// The most agents or tickets of one line.
    public static let limit = 20_000
    /// The most pairs of a ticket and an agent of one line: each may need a reason in the answer.
    public static let pairLimit = 5_000_000

    /// - Throws: ``RouteEvaluationError`` for input outside of the rules; nothing is evaluated then.
    public static func evaluate(_ input: RouteEvaluationInput) throws(RouteEvaluationError) -> RouteEvaluationOutput {
        let reader = try RouteEvaluationReader(input)
        let now = try reader.timestamp(input.now, "now", of: "the line")
        let order = try reader.order(of: input)
        let tickets = try input.tickets.map { ticket throws(RouteEvaluationError) in try reader.ticket(ticket, order: order, now: now) }
        var pool = RoutingPool(
            agents: try input.agents.map { agent throws(RouteEvaluationError) in try reader.agent(agent) },
            rules: try reader.rules(of: input)
        )
        let result = pool.match(tickets, now: now)
        var output = RouteEvaluationOutput()
        for assignment in result.assignments {
            output.assignments[reader.tickets.text(of: assignment.ticket)] = reader.agents.text(of: assignment.agent)
        }
        let waiting = Set(result.waiting.map(\.ticket))
        for ticket in tickets where waiting.contains(ticket.id) {
            var reasons: [String: String] = [:]
            for (agent, refusal) in pool.refusals(of: ticket, now: now) {
                reasons[reader.agents.text(of: agent)] = refusal.text(skillName: reader.skills.text)
            }
            output.unassigned[reader.tickets.text(of: ticket.id)] = reasons
        }
        return output
    }
}
