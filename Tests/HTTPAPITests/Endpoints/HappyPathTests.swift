import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

@Suite struct HappyPathTests {
    /// Makes one thing of every kind, named `name`, and gives their ids by the names of the path parameters.
    static func seed(_ api: APIFixture, as caller: APIFixture.Caller = .tenantA, name: String) async throws -> [String: String] {
        var ids: [String: String] = [:]
        let kinds = [
            ("createSkill", "skill_id"), ("createAgent", "agent_id"), ("createGroup", "group_id"), ("createQueue", "queue_id"),
            ("createRequester", "requester_id"), ("createCalendar", "calendar_id"), ("createOrganization", "organization_id"),
            ("createEscalationChain", "escalation_chain_id"), ("createSLAPolicy", "sla_policy_id"), ("createContract", "contract_id"),
            ("createWebhookEndpoint", "webhook_endpoint_id"), ("createResource", "resource_id"),
            ("createOnCallRota", "on_call_rota_id"), ("createSite", "site_id"), ("createPlaybook", "playbook_id"),
            ("createTicket", "ticket_id"), ("createAPIKey", "api_key_id"),
        ]
        for (operation, parameter) in kinds {
            let answer = try await api.succeed(operation, as: caller, body: SampleBodies.body(of: operation, ids: ids, name: name))
            ids[parameter] = try answer.text("id")
            #expect(answer.response.headers[.location]?.hasSuffix(try answer.text("id")) == true)
        }
        let absence = SampleBodies.body(of: "createAbsence", ids: ids, name: name)
        ids["absence_id"] = try await api.succeed("createAbsence", as: caller, ids, body: absence).text("id")
        ids["reevaluation_id"] = try await api.succeed("listReevaluations", as: caller).text("data", "0", "id")
        try await addVerbs(api, as: caller, to: &ids, name: name)
        ids["other_ticket_id"] = try await api.succeed("createTicket", as: caller, body: #"{"subject":"another"}"#).text("id")
        let other = ["ticket_id": ids["other_ticket_id"] ?? ""]
        try await api.succeed("addTicketNote", as: caller, other, body: #"{"body":"noted"}"#)
        ids["message_id"] = try await api.succeed("listTicketMessages", as: caller, other).text("data", "0", "id")
        ids["delivery_id"] = try await addDeadDelivery(api, as: caller, to: ids, reason: name)
        return ids
    }

    /// A consultation, a booking and a settlement, on a ticket of their own that an agent of a provider had.
    private static func addVerbs(_ api: APIFixture, as caller: APIFixture.Caller, to ids: inout [String: String], name: String) async throws {
        let external = #"{"name":"o","email":"owner-\#(name)@example.com","provider":"\#(name)"}"#
        let owner = try await api.succeed("createAgent", as: caller, body: external).text("id")
        let ticket = ["ticket_id": try await api.succeed("createTicket", as: caller, body: #"{"subject":"asked about"}"#).text("id")]
        try await api.succeed("assignTicket", as: caller, ticket, body: #"{"agent_id":"\#(owner)"}"#)
        let body = SampleBodies.body(of: "createConsultation", ids: ids, name: name)
        ids["consultation_id"] = try await api.succeed("createConsultation", as: caller, ticket, body: body).text("id")
        let booking = SampleBodies.body(of: "createBooking", ids: ids, name: name)
        ids["booking_id"] = try await api.succeed("createBooking", as: caller, ticket, body: booking).text("id")
        try await api.succeed("reportTicketChange", as: caller, ticket, body: SampleBodies.body(of: "reportTicketChange", ids: ids, name: name))
        ids["task_id"] = try await api.succeed("listTicketTasks", as: caller, ticket).text("data", "0", "id")
        let consultation = ticket.merging(["consultation_id": ids["consultation_id"] ?? ""]) { first, _ in first }
        try await api.succeed("cancelConsultation", as: caller, consultation)
        try await api.succeed("transitionTicket", as: caller, ticket, body: #"{"state":"resolved"}"#)
        try await addRun(api, as: caller, to: &ids, name: name)
        let penalty = try await addPenalty(
            api,
            to: try await api.succeed("getTicket", as: caller, ticket).text("id"),
            policy: ids["sla_policy_id"] ?? ""
        )
        ids["penalty_id"] = penalty
        let request = SampleBodies.body(of: "requestPenaltyWaiver", ids: ids, name: name)
        ids["waiver_id"] = try await api.succeed("requestPenaltyWaiver", as: caller, ["penalty_id": penalty], body: request).text("id")
        ids["settlement_id"] = try await api.succeed("listSettlements", as: caller).text("data", "0", "id")
    }

    /// A run of an escalation chain, for a ticket of its own.
    private static func addRun(_ api: APIFixture, as caller: APIFixture.Caller, to ids: inout [String: String], name: String) async throws {
        let queue = #"{"name":"calls-\#(name)","escalation_chain_id":"\#(ids["escalation_chain_id"] ?? "")"}"#
        let queueID = try await api.succeed("createQueue", as: caller, body: queue).text("id")
        let body = #"{"subject":"calls for help","queue_id":"\#(queueID)"}"#
        let ticket = ["ticket_id": try await api.succeed("createTicket", as: caller, body: body).text("id")]
        try await api.succeed("escalateTicket", as: caller, ticket, body: SampleBodies.body(of: "escalateTicket", ids: ids, name: name))
        ids["run_id"] = try await api.succeed("listTicketEscalations", as: caller, ticket).text("data", "0", "id")
    }

    /// An entry of the ledger of penalties, as a breach of 2026-10-05 would leave it.
    private static func addPenalty(_ api: APIFixture, to ticket: String, policy: String) async throws -> String {
        let rows = try await api.database.sql(
            """
            INSERT INTO docket.sla_penalty (tenant_id, id, ticket_id, metric, instance, target_version, policy_id, policy_version, breached_at, ended_at, overrun,
                suppressed, amount, currency, over_seconds, through_seq, computed_at)
            SELECT t.tenant_id, gen_random_uuid(), t.id, 'resolution', 1, 1, '\(policy)', 1, '2026-10-05T10:00:00Z', '2026-10-05T12:00:00Z', 7200000000, false,
                12500, 'EUR', 3600, t.last_seq, docket.now() FROM docket.ticket t WHERE t.id = '\(ticket)' RETURNING id
            """
        )
        return try #require(rows.first?.first)
    }

    private static func penalties(_ api: APIFixture, _ ids: [String: String]) async throws {
        let second = #"{"reason":"again","agent_id":"\#(api.agentOfA)"}"#
        try expectProblem(try await api.call("requestPenaltyWaiver", ids, body: second), .conflict)
        let own = #"{"agent_id":"\#(ids["agent_id"] ?? "")"}"#
        #expect(try expectProblem(try await api.call("approvePenaltyWaiver", ids, body: own), .validationFailed) == ["/agent_id not-allowed"])
        let other = #"{"agent_id":"\#(api.agentOfA)","note":"as agreed"}"#
        #expect(try await api.succeed("rejectPenaltyWaiver", ids, body: other).text("state") == "rejected")
        let waiver = try await api.succeed("requestPenaltyWaiver", ids, body: SampleBodies.body(of: "requestPenaltyWaiver", ids: ids, name: "x"))
            .text("id")
        let again = ids.merging(["waiver_id": waiver]) { $1 }
        #expect(try await api.succeed("approvePenaltyWaiver", again, body: other).text("decided_by") == api.agentOfA.description)
        let details = try await api.succeed("getPenalty", ids)
        #expect(try details.value("waivers").count == 2 && details.value("waived").bool == true)
        #expect(try await api.succeed("computePenalties", body: #"{"month":"2026-10","tz":"Asia/Shanghai"}"#).value("complete").bool == true)
        let page = try await api.succeed("listPenalties", query: "month=2026-10&limit=1")
        #expect(try page.value("data", "0", "amount").int64 == 12_500)
        let statement = try await api.succeed("getSLAStatement", query: "month=2026-10")
        #expect(try statement.value("totals", "0", "waived_amount").int64 == 12_500 && statement.value("totals", "0", "amount").int64 == 0)
        for (query, headers) in [("month=2026-10&format=csv", [:]), ("month=2026-10", [.accept: "text/csv"])] as [(String, HTTPFields)] {
            let csv = try await api.call("getSLAStatement", query: query, headers: headers)
            #expect(csv.status == .ok && csv.headers[.contentType] == "text/csv; charset=utf-8; header=present")
            #expect(csv.text.hasPrefix("penalty_id,ticket,") && csv.text.contains(",12500,EUR,yes,,,,penalty,12500\r\n"))
        }
        for query in ["", "month=2026-13", "month=2026-10&tz=Mars/Olympus", "month=2026-10&format=xml"] {
            try expectProblem(try await api.call("getSLAStatement", query: query), .validationFailed)
        }
        let span = "from=2026-10-01T00:00:00Z&to=2099-11-01T00:00:00Z"
        let year = "from=2026-10-01T00:00:00Z&to=2027-10-01T00:00:00Z"
        let report = try await api.succeed("getSLAReport", query: "\(year)&by=priority,period&period=month&tz=Europe/Berlin")
        #expect(try report.value("by").count == 2)
        let csv = try await api.call("getSLAReport", query: year, headers: [.accept: "text/csv"])
        #expect(csv.text.hasPrefix("period_start,metric,priority"))
        for query in [
            span, "from=2026-10-01T00:00:00Z", "\(year)&period=day", "\(year)&by=colour", "from=2026-10-01T00:00:00Z&to=2026-10-01T00:00:00Z",
        ] {
            try expectProblem(try await api.call("getSLAReport", query: query), .validationFailed)
        }
        try expectProblem(try await api.call("listTickets", headers: [.accept: "text/csv"]), .notAcceptable)
    }

    /// A delivery that was given up, as the courier leaves it.
    static func addDeadDelivery(
        _ api: APIFixture,
        as caller: APIFixture.Caller = .tenantA,
        to ids: [String: String],
        reason: String
    ) async throws -> String {
        let id = OutboxMessageID(high: .random(in: 1...(.max)), low: .random(in: 1...(.max))).description
        let endpoint = try #require(ids["webhook_endpoint_id"])
        let ticket = try #require(ids["ticket_id"])
        try await api.database.sql(
            """
            INSERT INTO docket.outbox_dead (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, attempts, reason, created_at, died_at, event_type)
            VALUES ('\((caller == .tenantB ? api.tenantB : api.tenantA).id)', '\(id)', 'webhook', '\(endpoint)', '\(ticket)', 1, 10, '\(reason)', docket.now(),
                docket.now(), 'ticket.created')
            """
        )
        return id
    }

    @Test func everyOperationWorks() async throws {
        try await APIFixture.with { api in
            let ids = try await Self.seed(api, name: "first")
            try await Self.deliveries(api, ids)
            try await Self.directory(api, ids)
            try await Self.tickets(api, ids)
            try await Self.verbs(api, ids)
            try await Self.merging(api, ids)
            try await Self.escalations(api, ids)
            try await api.succeed("getLifecycle")
            try await api.succeed("putLifecycleSettings", body: SampleBodies.body(of: "putLifecycleSettings", ids: ids, name: ""))
            try await api.succeed("getLifecycleSettings")
            try await api.succeed("listEvents", query: "limit=200")
            try await Self.webhooks(api, ids)
            for operation in ["getAPIKey", "listAPIKeys", "revokeAPIKey"] { try await api.succeed(operation, ids) }
            try await Self.penalties(api, ids)
            try await Self.deletion(api, ids)
            let missing = Set(APIOperations.all.map(\.id)).subtracting(api.succeededOperations)
            #expect(missing == [])
        }
    }

    private static func directory(_ api: APIFixture, _ ids: [String: String]) async throws {
        let kinds = [
            "Agent", "Group", "Skill", "Queue", "Organization", "Requester", "Contract", "WebhookEndpoint", "Resource", "Settlement", "Site",
        ]
        for kind in kinds {
            let found = try await api.succeed("get\(kind)", ids)
            let body = SampleBodies.body(of: "update\(kind)", ids: ids, name: "first")
            let changed = try await api.succeed("update\(kind)", ids, body: body, headers: found.ifMatch)
            #expect(changed.entityTag != found.entityTag)
            #expect(try await api.succeed("list\(kind)s").value("data").count >= 1)
            let stale = try await api.call("update\(kind)", ids, body: body, headers: found.ifMatch)
            try expectProblem(stale, .preconditionFailed)
            #expect(stale.headers[.eTag] == changed.entityTag)
            try expectProblem(try await api.call("update\(kind)", ids, body: body), .preconditionRequired)
            #expect(try await api.call("get\(kind)", ids, headers: [.ifNoneMatch: changed.entityTag]).status == .notModified)
        }
        for (kind, plural) in [
            ("Calendar", "Calendars"), ("SLAPolicy", "SLAPolicies"), ("EscalationChain", "EscalationChains"), ("OnCallRota", "OnCallRotas"),
            ("Playbook", "Playbooks"),
        ] {
            let found = try await api.succeed("get\(kind)", ids)
            let body = SampleBodies.body(of: "replace\(kind)", ids: ids, name: "second")
            try await api.succeed("replace\(kind)", ids, body: body, headers: found.ifMatch)
            let list = try await api.succeed("list\(plural)", query: "name=second")
            #expect(try list.value("data").count == 1)
        }
        #expect(try await api.succeed("listSLAPolicyVersions", ids).value("data").count == 2)
        for operation in ["previewSLAPolicy", "lintSLAPolicies"] {
            try await api.succeed(operation, ids, body: SampleBodies.body(of: operation, ids: ids, name: "third"))
        }
        #expect(try await api.succeed("getReevaluation", ids).text("state") == "superseded")
        try await api.succeed("putSLASettings", body: SampleBodies.body(of: "putSLASettings", ids: ids, name: ""))
        #expect(try await api.succeed("getSLASettings").text("calendar_id") == ids["calendar_id"])
        try await api.succeed("putPriorityMatrix", body: SampleBodies.body(of: "putPriorityMatrix", ids: ids, name: ""))
        #expect(try await api.succeed("getPriorityMatrix").text("tiers", "0", "tier") == "gold")
        let holidays = SampleBodies.body(of: "importCalendarHolidays", ids: ids, name: "first")
        #expect(try await api.succeed("importCalendarHolidays", ids, body: holidays).value("added", "closures").count == 2)
        for operation in ["putAgentPresence", "putAgentNotifications", "addQueueMembers", "addGroupMembers"] {
            try await api.succeed(operation, ids, body: SampleBodies.body(of: operation, ids: ids, name: ""))
        }
        try await api.succeed("getQueueStatus", ids)
        #expect(try await api.succeed("getCalendarSchedule", ids).value("versions").count == 1)
        #expect(try await api.succeed("listQueueMembers", ids).text("data", "0", "agent_id") == ids["agent_id"])
        #expect(try await api.succeed("listGroupMembers", ids).text("data", "0", "agent_id") == ids["agent_id"])
        #expect(try await api.succeed("getAgentMemberships", ids).text("group_ids", "0") == ids["group_id"])
        #expect(try await api.succeed("getAgentWorkload", ids).text("presence", "status") == "online")
        #expect(try await api.succeed("getAbsence", ids).text("kind") == "vacation")
        #expect(try await api.succeed("listAbsences", ids).text("data", "0", "id") == ids["absence_id"])
        try await api.succeed("cancelAbsence", ids)
        try await api.succeed("removeQueueMember", ids)
        try await api.succeed("removeGroupMember", ids)
        #expect(try await api.succeed("listQueueMembers", ids).value("data").count == 0)
    }

    private static func tickets(_ api: APIFixture, _ ids: [String: String]) async throws {
        func send(_ operation: String) async throws -> Answer {
            try await api.succeed(operation, ids, body: SampleBodies.body(of: operation, ids: ids, name: "text"))
        }
        let batch = try await send("createTickets")
        #expect(try batch.value("items", "1", "status").int64 == 201)
        let found = try await api.succeed("getTicket", ids)
        #expect(try found.text("state") == "waiting_assignment")
        #expect(try await api.succeed("explainTicketRouting", ids).text("status") == "waiting")
        let body = SampleBodies.body(of: "updateTicket", ids: ids, name: "text")
        let updated = try await api.succeed("updateTicket", ids, body: body, headers: found.ifMatch)
        #expect(try updated.text("category") == "hardware")
        #expect(try updated.value("fields").count == 2)
        try await offer(api, ids)
        #expect(try await api.succeed("listAgentOffers", ids).text("data", "0", "offer", "agent_id") == ids["agent_id"])
        #expect(try await send("declineTicketOffer").text("declined_by", "0") == ids["agent_id"])
        try await offer(api, ids)
        #expect(try await send("acceptTicketOffer").text("state") == "assigned")
        #expect(try await send("releaseTicket").text("state") == "waiting_assignment")
        #expect(try await send("claimTicket").text("state") == "assigned")
        #expect(try await send("releaseTicket").text("state") == "waiting_assignment")
        #expect(try await send("assignTicket").text("assignee_id") == ids["agent_id"])
        #expect(try await api.succeed("explainTicketRouting", ids).text("status") == "assigned")
        #expect(try await send("replyToTicket").text("state") == "in_progress")
        _ = try await send("addTicketNote")
        #expect(try await send("transitionTicket").text("state") == "resolved")
        let messages = try await api.succeed("listTicketMessages", ids)
        #expect(try messages.value("data").elements?.count == 2)
        #expect(try messages.text("data", "0", "author", "id") == ids["agent_id"])
        let timers = try await api.succeed("getTicketTimers", ids)
        #expect(try timers.value("data").count >= 1)
        #expect(try await api.succeed("explainTicketTimers", ids, query: "lang=zh").text("text").contains("服务承诺"))
        #expect(try await api.succeed("getTicketTime", ids).value("steps").count >= 2)
        let history = try await api.succeed("listTicketHistory", ids, query: "limit=2")
        #expect(try history.text("data", "0", "type") == "ticket.created")
        let cursor = try history.text("next_cursor")
        let rest = try await api.succeed("listTicketHistory", ids, query: "limit=2&cursor=\(cursor)")
        #expect(try rest.value("data", "0", "sequence").int64 == 3)
        let list = try await api.succeed("listTickets", query: "state=resolved&priority=P2&sort=created_at&assignee_id=\(ids["agent_id"] ?? "")")
        #expect(try list.value("data").count == 1)
        #expect(try await api.succeed("countTickets", query: "state=resolved&priority=P2").value("count").int64 == 1)
    }

    private static func deliveries(_ api: APIFixture, _ ids: [String: String]) async throws {
        _ = try await addDeadDelivery(api, to: ids, reason: "second")
        #expect(try await api.succeed("listDeadDeliveries").value("data").count == 2)
        #expect(try await api.succeed("getDeadDelivery", ids).value("attempts").count == 0)
        #expect(try await api.succeed("redeliverDelivery", ids).value("redelivered").int64 == 1)
        let body = SampleBodies.body(of: "redeliverToWebhookEndpoint", ids: ids, name: "")
        #expect(try await api.succeed("redeliverToWebhookEndpoint", ids, body: body).value("redelivered").int64 == 1)
    }

    /// As the dispatcher does it.
    static func offer(_ api: APIFixture, _ ids: [String: String]) async throws {
        let ticket = try #require(ids["ticket_id"])
        let agent = try #require(ids["agent_id"])
        try await api.database.sql(
            """
            UPDATE docket.ticket SET offered_agent_id = '\(agent)', offered_at = docket.now(), offer_expires_at = docket.now() + interval '1 hour'
                WHERE id = '\(ticket)';
            DELETE FROM docket.routing_entry WHERE ticket_id = '\(ticket)';
            """
        )
    }

    private static func verbs(_ api: APIFixture, _ ids: [String: String]) async throws {
        var ids = ids
        ids["ticket_id"] = try await api.succeed("createTicket", body: #"{"subject":"verbs"}"#).text("id")
        func send(_ operation: String) async throws -> Answer {
            try await api.succeed(operation, ids, body: SampleBodies.body(of: operation, ids: ids, name: "text"))
        }
        try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
        #expect(try await send("transferTicket").text("assignee_id") == ids["agent_id"])
        #expect(try await send("withdrawTicket").text("assignee_id") == api.agentOfA.description)
        let asked = try await send("createConsultation")
        ids["consultation_id"] = try asked.text("id")
        #expect(asked.response.headers[.location]?.hasSuffix(try asked.text("id")) == true)
        #expect(try await send("answerConsultation").value("open_consultations").int64 == 0)
        #expect(try await api.succeed("getConsultation", ids).text("state") == "answered")
        #expect(try await api.succeed("listConsultations", ids).value("data").count == 1)
        ids["consultation_id"] = try await send("createConsultation").text("id")
        #expect(try await send("cancelConsultation").value("open_consultations").int64 == 0)
        let free = #"{"resource_id":"\#(ids["resource_id"] ?? "")","starts_at":"2090-01-02T00:00:00Z","ends_at":"2090-01-02T01:00:00Z"}"#
        ids["booking_id"] = try await api.succeed("createBooking", ids, body: free).text("id")
        #expect(try await api.succeed("getBooking", ids).text("starts_at") == "2090-01-02T00:00:00.000Z")
        #expect(try await api.succeed("listTicketBookings", ids).value("data").count == 1)
        let first = try await api.succeed("listResourceBookings", ids, query: "limit=1")
        let rest = try await api.succeed("listResourceBookings", ids, query: "limit=1&cursor=\(try first.text("next_cursor"))")
        #expect(try rest.text("data", "0", "id") == ids["booking_id"] && rest.value("has_more").bool == false)
        try await api.succeed("cancelBooking", ids)
        _ = try await send("reportTicketChange")
        ids["task_id"] = try await api.succeed("listTicketTasks", ids, query: "limit=1").text("data", "0", "id")
        _ = try await send("finishTicketTask")
        #expect(try await api.succeed("listTicketTasks", ids).text("data", "0", "finished_by", "type") == "api")
        #expect(try await send("urgeTicket").value("urge_count").int64 == 1)
        let queue = try await api.succeed("createQueue", body: #"{"name":"experts","escalation_chain_id":"\#(ids["escalation_chain_id"] ?? "")"}"#)
        let moved = #"{"to":{"queue_id":"\#(try queue.text("id"))"},"reason":"x"}"#
        #expect(try await api.succeed("transferTicket", ids, body: moved).text("state") == "waiting_assignment")
        _ = try await send("escalateTicket")
        try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
        #expect(try await send("returnTicket").text("state") == "waiting_assignment")
    }

    private static func escalations(_ api: APIFixture, _ ids: [String: String]) async throws {
        var ids = ids
        let queue = try await api.succeed("createQueue", body: #"{"name":"help","escalation_chain_id":"\#(ids["escalation_chain_id"] ?? "")"}"#)
        ids["ticket_id"] = try await api.succeed("createTicket", body: #"{"subject":"help","queue_id":"\#(try queue.text("id"))"}"#).text("id")
        try await api.succeed("escalateTicket", ids, body: SampleBodies.body(of: "escalateTicket", ids: ids, name: "x"))
        let run = try await api.succeed("listTicketEscalations", ids)
        ids["run_id"] = try run.text("data", "0", "id")
        #expect(try run.text("data", "0", "trigger") == "complaint")
        #expect(try run.text("data", "0", "upcoming", "0", "outcome") == "fired")
        try await api.succeed("acknowledgeTicketEscalation", ids)
        #expect(try await api.succeed("listTicketEscalations", ids).text("data", "0", "acknowledged_at").hasSuffix("Z"))
        #expect(try await api.succeed("listTicketHistory", ids).text("data", "2", "type") == "escalation.acknowledged")
        try await api.succeed("addTicketFollower", ids, body: SampleBodies.body(of: "addTicketFollower", ids: ids, name: "x"))
        let again = try await api.succeed("addTicketFollower", ids, body: SampleBodies.body(of: "addTicketFollower", ids: ids, name: "x"))
        #expect(try await api.succeed("listTicketFollowers", ids).value("data").count == 1)
        #expect(again.entityTag == (try await api.succeed("getTicket", ids).entityTag))
        try await api.succeed("removeTicketFollower", ids)
        try await api.succeed("removeTicketFollower", ids)
        #expect(try await api.succeed("listTicketFollowers", ids).value("data").count == 0)
        #expect(try await api.succeed("getAgentNotifications", ids).text("breaks_through") == "P1")
        try await api.succeed("putEscalationSettings", body: SampleBodies.body(of: "putEscalationSettings", ids: ids, name: "x"))
        #expect(try await api.succeed("getEscalationSettings").text("fallback_email") == "duty@example.com")
        let onCall = try await api.succeed("getOnCall", query: "at=2026-05-01T12:00:00Z")
        #expect(try onCall.text("rotas", "0", "agent", "id") == ids["agent_id"])
        #expect(try onCall.text("fallback_email") == "duty@example.com")
        let chain = try #require(ids["escalation_chain_id"])
        let chosen = try await api.succeed("getOnCall", query: "at=2026-05-01T12:00:00Z&chain_id=\(chain)")
        #expect(try chosen.text("chains", "0", "id") == chain && chosen.value("chains").count == 1)
        #expect(try chosen.value("omitted", "chains").int64 == 0)
    }

    private static func webhooks(_ api: APIFixture, _ ids: [String: String]) async throws {
        #expect(try await api.succeed("getWebhookEndpoint", ids).value("earlier_secrets_until").isNull)
        let first = try await api.succeed("rotateWebhookSecret", ids)
        #expect(try first.text("secret").hasPrefix("whsec_") && first.text("earlier_secrets_until") > first.text("updated_at"))
        for _ in 0..<2 { try await api.succeed("rotateWebhookSecret", ids, body: SampleBodies.body(of: "rotateWebhookSecret", ids: ids, name: "")) }
        try expectProblem(try await api.call("rotateWebhookSecret", ids, body: "{}"), .conflict)
        for seconds in [-1, 604_801] {
            let refused = try await api.call("rotateWebhookSecret", ids, body: #"{"overlap_seconds":\#(seconds)}"#)
            #expect(try expectProblem(refused, .validationFailed) == ["/overlap_seconds out-of-range"])
        }
        let rotated = try await api.succeed("rotateWebhookSecret", ids, body: #"{"overlap_seconds":0}"#)
        #expect(try rotated.value("earlier_secrets_until").isNull)
        let reaching = try await api.call("deleteWebhookEndpoint", ids, headers: rotated.ifMatch)
        try expectProblem(reaching, .conflict)
        let agent = try #require(ids["agent_id"])
        #expect(reaching.text.contains(#""agent_ids":["\#(agent)"]"#), "\(reaching.text)")
        try await api.succeed("putAgentNotifications", ids, body: "{}", headers: [.ifMatch: "*"])
        try await api.succeed("deleteWebhookEndpoint", ids, headers: rotated.ifMatch)
        try expectProblem(try await api.call("getWebhookEndpoint", ids), .notFound)
    }
}
