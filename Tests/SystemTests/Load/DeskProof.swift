import TestSupport
import Testing

/// What only one of the executables does for a ticket: it shows that this one works again, whatever the others do.
struct DeskProof: Sendable {
    let desk: SystemDesk
    let tenant: DeskTenant
    let receiver: WebhookReceiver

    /// What a courier may have under way: four attempts for each of two endpoints.
    private static let underWay = 8

    /// Whether an executable has done its work for a ticket; a courier, which may have older events to deliver first, for others than it had under way.
    ///
    /// - Parameter arrivals: how many webhooks had arrived before.
    func isDone(by role: Role, for ticket: String, arrivals: Int) async throws -> Bool {
        switch role {
        case .api:
            return try await desk.database.number("SELECT count(*) FROM docket.ticket WHERE id = '\(ticket)'") == 1
        case .dispatcher:
            return try await desk.database.number("SELECT count(*) FROM docket.ticket WHERE id = '\(ticket)' AND assignee_id IS NOT NULL") == 1
        case .scheduler:
            // A command that meets an overdue clock records it, too: as somebody else.
            let warned = "SELECT count(*) FROM docket.ticket_event WHERE ticket_id = '\(ticket)' AND kind = 'sla.warned' AND actor_kind = 'scheduler'"
            return try await desk.database.number(warned) == 1
        case .courier:
            return receiver.counts.count > arrivals + Self.underWay
        }
    }

    /// Waits until a warning of a ticket is due.
    func waitUntilDue(_ ticket: String) async throws {
        let due = "SELECT count(*) FROM docket.sla_timer WHERE ticket_id = '\(ticket)' AND next_fire_at <= docket.now()"
        try #require(try await eventually(within: .seconds(20)) { try await desk.database.number(due) > 0 }, "no clock of \(ticket) is due")
    }

    /// Requires that an executable has done its work for a ticket within 5 s, and says when.
    func require(_ role: Role, for ticket: String, arrivals: Int, after event: String, at begin: ContinuousClock.Instant) async throws {
        let isInTime = try await eventually(within: .seconds(5) - begin.duration(to: .now)) {
            try await isDone(by: role, for: ticket, arrivals: arrivals)
        }
        #expect(isInTime, "docket-\(role.rawValue) does not work within 5 s after \(event): \(desk.log(role).suffix(600))")
        if isInTime { print("docket-\(role) works \(begin.duration(to: .now)) after \(event)") }
    }
}
