import Domain
import TestSupport
import UseCases

extension SchedulerDesk {
    /// A level as JSON.
    func level(
        _ targets: String...,
        timeout: Int = 600,
        condition: String = "not_acked",
        actions: String = #"["notify"]"#,
        flow: String? = nil
    ) -> String {
        let flow = flow.map { #","flow":"\#($0)""# } ?? ""
        return #"{"targets":[\#(targets.joined(separator: ","))],"timeout":\#(timeout),"mode":"wall","condition":"\#(condition)","#
            + #""actions":\#(actions)\#(flow)}"#
    }

    func chain(_ levels: String..., repeats: Int = 0, ttl: Int? = nil) -> String {
        let ttl = ttl.map { #","ack_ttl":\#($0)"# } ?? ""
        return #"{"version":1,"levels":[\#(levels.joined(separator: ","))],"repeats":\#(repeats)\#(ttl)}"#
    }

    func target(_ id: AgentID) -> String { #"{"type":"agent","id":"\#(id)"}"# }

    /// A daily rota in UTC from 2020-01-01 00:00 on.
    func addRota(_ members: [AgentID], overrides: String = "[]") async throws -> RotaID {
        let rota: RotaID = IdentifierSource().next()
        let people = members.map { #""\#($0)""# }.joined(separator: ",")
        let definition =
            #"{"tz":"UTC","starts_on":"2020-01-01","handover":"00:00","shift_hours":24,"members":[\#(people)],"overrides":\#(overrides)}"#
        try await database.sql(
            """
            INSERT INTO docket.on_call_rota (tenant_id, id, name, definition, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(rota)', 'Night', '\(definition)', docket.now(), docket.now());
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
        return rota
    }

    /// A group with this head.
    func addGroup(head: AgentID) async throws -> GroupID {
        let group: GroupID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.agent_group (tenant_id, id, name, head_agent_id, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(group)', '\(group)', '\(head)', docket.now(), docket.now());
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
        return group
    }

    func useEscalations(_ document: String) async throws {
        try await database.sql(
            "UPDATE docket.queue SET escalations = '\(document)'; UPDATE docket.tenant_configuration SET version = version + 1;"
        )
    }

    /// To whom mail goes, in order.
    func mailboxes() async throws -> [String] {
        try await database.sql("SELECT payload->'to'->>0 FROM docket.outbox WHERE kind = 'mail' AND NOT is_digest ORDER BY 1").map { $0[0] }
    }

    func address(_ agent: AgentID) -> String { "\(agent)@example.com" }
}
