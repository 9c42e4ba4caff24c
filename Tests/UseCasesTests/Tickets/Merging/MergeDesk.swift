import Domain
import Store
import TestSupport

@testable import UseCases

/// What the tests of merges, splits and follow-ups ask of a desk.
extension VerbDesk {
    func say(_ id: TicketID, _ author: TicketMessage.Author = .requester(nil), _ body: String = "x") async throws -> Ticket {
        try done(
            try await commands.addMessage(TicketRequest(id, in: tenant.id, by: .system), visibility: .public, author: author, body: body)
        )
    }

    /// So many events that concern no clock, behind the commands' back.
    func fill(_ id: TicketID, with count: Int) async throws {
        _ = try await say(id, .system)
        try await database.sql(
            """
            INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
                SELECT e.tenant_id, e.ticket_id, e.seq + n, e.at, e.xid, e.version, e.kind, e.actor_kind, e.actor_id, e.data
                FROM docket.ticket_event e JOIN docket.ticket t ON t.id = e.ticket_id AND t.last_seq = e.seq, generate_series(1, \(count)) n
                WHERE e.ticket_id = '\(id)';
            UPDATE docket.ticket SET last_seq = last_seq + \(count) WHERE id = '\(id)';
            """
        )
    }

    /// Moves the database's time, and lets this process see it.
    func advance(by seconds: Double) async throws {
        try await database.advanceClock(by: seconds)
        environment.clock.invalidate()
    }

    func merge(_ source: TicketID, into target: TicketID, by actor: Actor = .system) async throws -> CommandOutcome {
        try await commands.merge(TicketRequest(source, in: tenant.id, by: actor), into: target)
    }

    func requester() async throws -> RequesterID {
        let id: RequesterID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.requester (tenant_id, id, name, email, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(id)', 'Customer', '\(id)@example.org', docket.now(), docket.now());
            """
        )
        return id
    }

    func site(isActive: Bool) async throws -> SiteID {
        let id: SiteID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.site (tenant_id, id, name, active, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(id)', 'Site', \(isActive), docket.now(), docket.now());
            """
        )
        return id
    }

    func ticket(of requester: RequesterID?, assignedTo agent: AgentID? = nil) async throws -> TicketID {
        let content = TicketContent(subject: "A test", requesterID: requester, weight: 2)
        let made = try done(try await commands.create(NewTicket(content: content), in: tenant.id, by: .system))
        if let agent { _ = try await commands.assign(TicketRequest(made.id, in: tenant.id, by: .system), to: agent) }
        return made.id
    }

    func relations(_ id: TicketID) async throws -> [TicketID: [TicketLink.Relation]] {
        let rows = try await queries.links(of: id, in: tenant.id, limit: 100)
        return Dictionary(rows.map { ($0.ticket, $0.relations) }, uniquingKeysWith: { first, _ in first })
    }

    func ledger(_ id: TicketID) async throws -> SLALedger? {
        var unit = TenantUnit(tenant.id)
        let handle = unit.add(LoadLedger(tenant: tenant.id, ticket: id))
        return try await environment.database.run(unit).first(handle)
    }

    func close(_ id: TicketID) async throws {
        for state in [TicketState.resolved, .closed] {
            _ = try await commands.transition(TicketRequest(id, in: tenant.id, by: .system), to: state)
        }
    }

    func organization(_ name: String) async throws -> OrganizationID {
        let id: OrganizationID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.organization (tenant_id, id, name, created_at, updated_at) VALUES ('\(tenant.id)', '\(id)', '\(name)', docket.now(), docket.now())
            """
        )
        return id
    }

    /// The requester alone; his tickets follow later.
    func move(_ requester: RequesterID, to organization: OrganizationID) async throws {
        try await database.sql(
            "UPDATE docket.requester SET organization_id = '\(organization)', version = version + 1 WHERE id = '\(requester)'"
        )
    }
}
