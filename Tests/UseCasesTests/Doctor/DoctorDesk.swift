import Domain
import Store
import TestSupport
import Testing
import UseCases

/// A deployment with work in it, which tests break behind its back.
struct DoctorDesk: Sendable {
    let database: TestDatabase
    let tenant: TestTenant
    let agent: AgentID
    let api: UseCaseEnvironment
    /// Waits in the queue, with a clock running.
    let waiting: TicketID
    /// Has an agent.
    let assigned: TicketID

    static let schema = SchemaFacts(applied: 8, pending: []).finding

    static func with(hasTestClock: Bool = false, _ body: @Sendable (DoctorDesk) async throws -> Void) async throws {
        try await TestDatabase.with(hasTestClock: hasTestClock) { database in
            let tenant = try await TestTenant.make(in: database)
            try await tenant.addPolicy(
                #"""
                {"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},
                {"metric":"resolution","seconds":7200,"mode":"calendar"}],"warnings":[{"percent":50}]}
                """#
            )
            let agent = try await tenant.addAgent()
            try await database.sql("UPDATE docket.agent_presence SET lease_until = docket.now() + interval '1 minute'")
            try await database.withEnvironment { api in
                let commands = TicketCommands(environment: api)
                let waiting = try await create("Waits", by: commands, in: tenant.id)
                let assigned = try await create("Assigned", by: commands, in: tenant.id)
                _ = try await commands.assign(TicketRequest(assigned, in: tenant.id, by: .system), to: agent)
                let desk = DoctorDesk(database: database, tenant: tenant, agent: agent, api: api, waiting: waiting, assigned: assigned)
                try await body(desk)
            }
        }
    }

    private static func create(_ subject: String, by commands: TicketCommands, in tenant: TenantID) async throws -> TicketID {
        guard case .done(let change) = try await commands.create(NewTicket(content: TicketContent(subject: subject)), in: tenant, by: .system) else {
            throw UseCaseError.busy
        }
        return change.after.id
    }

    var commands: TicketCommands { TicketCommands(environment: api) }

    /// Sees everything, as the operator does.
    func withDoctor<Result: Sendable>(_ options: DoctorOptions = DoctorOptions(), _ body: @Sendable (Doctor) async throws -> Result) async throws
        -> Result
    {
        try await database.withEnvironment(role: "docket_migrate", connections: 2) {
            try await body(Doctor(environment: $0, options: options, timeZoneDatabase: "2025b"))
        }
    }

    /// What one check comes to.
    func finding(_ check: DoctorCheck, limits: DoctorLimits = DoctorLimits()) async throws -> DoctorFinding {
        var options = DoctorOptions()
        options.limits = limits
        options.skipped = Set(DoctorCheck.allCases).subtracting([check])
        let findings = try await withDoctor(options) { try await $0.examine(schema: Self.schema) }
        #expect(findings.count == 1)
        return try #require(findings.first)
    }

    /// - Returns: how many rows were written for one check.
    @discardableResult
    func repair(_ check: DoctorCheck, isComplete: Bool = true) async throws -> Int {
        let repairs = try await withDoctor { try await $0.repair() }
        let repair = try #require(repairs.first { $0.check == check })
        #expect(repair.isComplete == isComplete, "\(repair.message)")
        return repair.repaired
    }

    /// One value, behind the policies.
    func value(_ sql: String) async throws -> String {
        try #require(try await database.sql(sql).first?.first)
    }
}
