public import Domain
import Postgres
import UseCases

/// A tenant made for one test, with helpers for what most tests need. Rows are written as the owner, so that they do not depend on what is tested.
public struct TestTenant: Sendable {
    public let id: TenantID
    public let queue: QueueID
    let database: TestDatabase

    /// Makes a tenant with one default queue.
    ///
    /// - Parameter steps: the queue's relaxation steps as JSON.
    public static func make(in database: TestDatabase, slug: String? = nil, mode: String = "balanced", steps: String = "[]") async throws
        -> TestTenant
    {
        let identifiers = IdentifierSource()
        let tenant = TestTenant(id: identifiers.next(), queue: identifiers.next(), database: database)
        let slug = slug ?? "t-\(UInt32.random(in: 0...UInt32.max))"
        try await database.sql(
            """
            INSERT INTO docket.tenant (id, slug, name, created_at) VALUES ('\(tenant.id)', '\(slug)', '\(slug)', docket.now());
            INSERT INTO docket.tenant_configuration (tenant_id, version) VALUES ('\(tenant.id)', 1);
            INSERT INTO docket.ticket_counter (tenant_id, next_number) VALUES ('\(tenant.id)', 1);
            INSERT INTO docket.queue (tenant_id, id, name, mode, is_default, steps, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(tenant.queue)', 'Support', '\(mode)', true, '\(steps)', docket.now(), docket.now());
            INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(tenant.id)', '\(tenant.queue)');
            """
        )
        return tenant
    }

    /// Adds an agent who is online for a day and serves the queue.
    public func addAgent(capacity: Int = 5, skills: [SkillLevel] = [], tier: Int = 0, isOnline: Bool = true) async throws -> AgentID {
        let agent: AgentID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
                VALUES ('\(id)', '\(agent)', 'Agent', '\(agent)@example.com', docket.now(), docket.now());
            INSERT INTO docket.agent_load (tenant_id, agent_id, capacity) VALUES ('\(id)', '\(agent)', \(capacity));
            INSERT INTO docket.agent_presence (tenant_id, agent_id, status, online_since, lease_until)
                VALUES ('\(id)', '\(agent)', '\(isOnline ? "online" : "offline")', docket.now(), docket.now() + interval '1 day');
            INSERT INTO docket.queue_member (tenant_id, queue_id, agent_id, tier) VALUES ('\(id)', '\(queue)', '\(agent)', \(tier));
            """
        )
        for skill in skills {
            try await database.sql(
                """
                INSERT INTO docket.agent_skill (tenant_id, agent_id, skill_id, level) VALUES ('\(id)', '\(agent)', '\(skill.skill)', \(skill.level));
                """
            )
        }
        return agent
    }

    public func addSkill(_ key: String) async throws -> SkillID {
        let skill: SkillID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.skill (tenant_id, id, key, name, created_at, updated_at)
                VALUES ('\(id)', '\(skill)', '\(key)', '\(key)', docket.now(), docket.now());
            UPDATE docket.tenant_configuration SET version = version + 1 WHERE tenant_id = '\(id)';
            """
        )
        return skill
    }

    /// Adds a policy that matches every ticket, and the calendar it counts by.
    ///
    /// - Parameter definition: the policy's document; `$CALENDAR` stands for the calendar's id.
    public func addPolicy(_ definition: String, calendar: String = #"{"tz":"UTC","always_open":true}"#) async throws {
        let identifiers = IdentifierSource()
        let calendarID: CalendarID = identifiers.next()
        let policy: SLAPolicyID = identifiers.next()
        let document = definition.replacing("$CALENDAR", with: calendarID.description)
        try await database.sql(
            """
            INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
                VALUES ('\(id)', '\(calendarID)', '\(calendarID)', '\(calendar)', docket.now(), docket.now());
            INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
                VALUES ('\(id)', '\(calendarID)', 1, '\(calendar)', docket.now());
            INSERT INTO docket.sla_policy (tenant_id, id, name, position, definition, created_at, updated_at)
                VALUES ('\(id)', '\(policy)', '\(policy)', 1, '\(document)', docket.now(), docket.now());
            INSERT INTO docket.sla_policy_version (tenant_id, policy_id, version, definition, created_at)
                VALUES ('\(id)', '\(policy)', 1, '\(document)', docket.now());
            UPDATE docket.tenant_configuration SET version = version + 1 WHERE tenant_id = '\(id)';
            """
        )
    }
}
