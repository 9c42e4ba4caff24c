import ArgumentParser
import Domain

/// `docket route eval`.
struct RouteEvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Assigns tickets to agents as the dispatcher would: JSON lines in, JSON lines out.",
        discussion: """
            In:   {"now":0,"mode":"balanced","agents":[{"id":"a","skills":{"fr":3},"capacity":5}],"tickets":[{"id":"t","required":{"fr":1}}]}
            Out:  {"assignments":{"t":"a"},"unassigned":{}}
            A ticket that stays unassigned is listed with each agent's first failing filter. docs/cli.md names every member.
            """
    )

    /// Room for the 20,000 agents and as many tickets that one line may have.
    private static let lineLimit = 1 << 25

    func run() throws {
        try Self.answer(LineSession(lineLimit: Self.lineLimit))
    }

    /// One object a line in, one out (contract.md).
    static func answer(_ session: LineSession) throws(LineIOError) {
        var session = session
        session.refusesBlankLines = true
        try session.run { (input: RouteEvaluationInput) in try RouteEvaluation.evaluate(input) }
    }
}
