import Domain
import Store
import TestSupport
import Testing
import UseCases

extension SchedulerDesk {
    /// What a ticket's history says of thresholds and levels, with the minutes from its creation to when that was due.
    func thresholdsAndLevels(of id: TicketID) async throws -> [String] {
        let history = try await history(of: id)
        let start = try #require(history.first?.at)
        func minutes(_ time: Timestamp) -> Int64 { (time.microseconds(since: start) + 1_000_000) / 60_000_000 }
        return history.compactMap { event in
            switch event.payload {
            case .timerWarned(let fired): "warned \(minutes(fired.scheduledFor))"
            case .timerBreached(let fired): "breached \(minutes(fired.scheduledFor))"
            case .escalated(let step): "\(step.outcome) \(minutes(step.scheduledFor))"
            default: nil
            }
        }
    }

    func note(on id: TicketID, by person: AgentID) async throws {
        _ = try await commands.addMessage(
            TicketRequest(id, in: tenant.id, by: .agent(person)),
            visibility: .internal,
            author: .agent(person),
            body: "Looking at it."
        )
    }

    /// Of each run, in the order of their beginnings.
    func runStates(of id: TicketID) async throws -> [String] {
        try await database.sql("SELECT state FROM docket.escalation_run WHERE ticket_id = '\(id)' ORDER BY started_at, id").map { $0[0] }
    }
}
