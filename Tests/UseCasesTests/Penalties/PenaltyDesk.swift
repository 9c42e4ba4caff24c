import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// A tenant whose policy has penalties, seen by an API process and by a scheduler, in a database whose clock moves by hand.
struct PenaltyDesk: Sendable {
    let database: TestDatabase
    let tenant: TestTenant
    let api: UseCaseEnvironment
    let scheduler: UseCaseEnvironment
    let agents: [AgentID]

    /// Two hours for the resolution, of plain time; three bands.
    static func policy(amounts: [Int] = [100, 500, 2_000]) -> String {
        let bands = zip([0, 3_600, 14_400], amounts).map { #"{"metric":"resolution","over_seconds":\#($0),"amount":\#($1),"currency":"EUR"}"# }
        return #"{"name":"Gold","targets":[{"metric":"resolution","seconds":7200,"mode":"calendar"}],"penalties":[\#(bands.joined(separator: ","))]}"#
    }

    static func with(_ body: @Sendable (PenaltyDesk) async throws -> Void) async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let tenant = try await TestTenant.make(in: database)
            try await tenant.addPolicy(policy())
            let agents = [try await tenant.addAgent(), try await tenant.addAgent()]
            try await database.withEnvironment { api in
                try await database.withEnvironment(role: "docket_scheduler", connections: 2) { scheduler in
                    try await body(PenaltyDesk(database: database, tenant: tenant, api: api, scheduler: scheduler, agents: agents))
                }
            }
        }
    }

    var id: TenantID { tenant.id }
    var commands: TicketCommands { TicketCommands(environment: api) }
    var ledger: PenaltyLedger { PenaltyLedger(environment: api) }
    var penalties: Penalties { Penalties(environment: api, zones: OnlyUTC()) }

    func create(requester: RequesterID? = nil) async throws -> TicketID {
        let content = TicketContent(subject: "A test", requesterID: requester)
        let outcome = try await commands.create(NewTicket(content: content), in: id, by: .system)
        guard case .done(let change) = outcome else { throw UseCaseError.busy }
        _ = try await commands.assign(TicketRequest(change.after.id, in: id, by: .system), to: agents[0])
        return change.after.id
    }

    func advance(hours: Double) async throws {
        try await database.advanceClock(by: hours * 3_600)
        try await api.clock.read()
        try await scheduler.clock.read()
    }

    func fire() async throws {
        _ = try await DueTimers(environment: scheduler).fire(in: id, limit: 100)
    }

    func move(_ ticket: TicketID, to state: TicketState) async throws {
        _ = try await commands.transition(TicketRequest(ticket, in: id, by: .agent(agents[0])), to: state)
    }

    /// A ticket that was solved so many hours after it was due, with its penalty computed.
    @discardableResult
    func late(byHours hours: Double, requester: RequesterID? = nil) async throws -> PenaltyStatement.Line {
        let ticket = try await create(requester: requester)
        try await advance(hours: 2 + hours)
        try await fire()
        try await move(ticket, to: .resolved)
        _ = try await ledger.compute(try await span(), in: id)
        return try #require(try await lines().first { $0.penalty.ticketID == ticket })
    }

    /// All times near the present one.
    func span() async throws -> Range<Timestamp> {
        let now = try await api.clock.read()
        return now.adding(microseconds: -40 * 86_400_000_000)..<now.adding(microseconds: 86_400_000_000)
    }

    func lines() async throws -> [PenaltyStatement.Line] {
        try await penalties.list(try await span(), in: id, limit: 100)
    }

    /// The table as it is, but for when each row was written.
    func rows() async throws -> [[String]] {
        try await database.sql(
            "SELECT id, ticket_id, target_version, policy_version, overrun, amount, currency, ended_at FROM docket.sla_penalty ORDER BY id"
        )
    }
}
