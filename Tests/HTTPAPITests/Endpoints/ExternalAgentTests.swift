import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// Features.md A3.15: a provider's agent sees only the tickets that he has, had or was asked about; enumerated over all operations.
@Suite struct ExternalAgentTests {
    private static func external(_ api: APIFixture, _ name: String) async throws -> AgentID {
        let body = #"{"name":"\#(name)","email":"\#(name)@provider.example","provider":"Cables & Co"}"#
        let answer = try await api.succeed("createAgent", body: body)
        #expect(try answer.value("external").bool == true && answer.text("provider") == "Cables & Co")
        return try #require(AgentID(try answer.text("id")))
    }

    private static func ticket(_ api: APIFixture, assignedTo agent: String? = nil) async throws -> [String: String] {
        let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"canary"}"#).text("id")]
        if let agent { try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(agent)"}"#) }
        return ids
    }

    @Test("With every scope, every operation on another's ticket is 404 to him, and everything beside tickets 403")
    func othersTickets() async throws {
        try await APIFixture.with { api in
            var ids = try await HappyPathTests.seed(api, name: "canary")
            let agent = try await Self.external(api, "ext")
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            let before = try await api.succeed("getTicket", ids).response.text
            for operation in APIOperations.all {
                let response = try await api.call(
                    operation.id,
                    as: .external(agent),
                    ids,
                    body: SampleBodies.body(of: operation.id, ids: ids, name: "x"),
                    headers: [.ifMatch: "*"]
                )
                #expect(!response.text.contains("canary"), "\(operation.id)")
                if !ExternalAgents.operations.contains(operation.id) {
                    try expectProblem(response, .forbidden)
                } else if operation.path.contains("{ticket_id}") || operation.path.contains("{agent_id}") {
                    try expectProblem(response, .notFound)
                } else {
                    #expect(response.status == .ok, "\(operation.id)")
                }
            }
            #expect(try await api.succeed("getTicket", ids).response.text == before)
            #expect(try await api.succeed("listTickets", as: .external(agent)).value("data").count == 0)
            #expect(try await api.succeed("listEvents", as: .external(agent)).value("data").count == 0)
            ids["ticket_id"] = TicketID(high: 1, low: 1).description
            try expectProblem(try await api.call("getTicket", as: .external(agent), ids), .notFound)
        }
    }

    @Test("He sees what he has, goes on seeing what he had, and what he was asked about")
    func ownTickets() async throws {
        try await APIFixture.with { api in
            let agent = try await Self.external(api, "ext")
            let own = try await Self.ticket(api, assignedTo: agent.description)
            let other = try await Self.ticket(api, assignedTo: api.agentOfA.description)
            let asked = try await Self.ticket(api, assignedTo: api.agentOfA.description)
            let consultation = try await api.succeed("createConsultation", asked, body: #"{"agent_id":"\#(agent)","question":"?"}"#)
            func seen() async throws -> Set<String> {
                let list = try await api.succeed("listTickets", as: .external(agent))
                return Set(try (list.value("data").elements ?? []).map { try #require($0.members?.first { $0.name == "id" }?.value.string) })
            }
            let expected = Set([own["ticket_id"], asked["ticket_id"]].compactMap(\.self))
            #expect(try await seen() == expected)
            for operation in ["getTicket", "listTicketMessages", "listTicketHistory", "getTicketTimers", "listConsultations"] {
                try await api.succeed(operation, as: .external(agent), own)
            }
            try await api.succeed("addTicketNote", as: .external(agent), own, body: #"{"body":"on site"}"#)
            var path = asked
            path["consultation_id"] = try consultation.text("id")
            try await api.succeed("answerConsultation", as: .external(agent), path, body: #"{"body":"yes"}"#)
            try await api.succeed("returnTicket", as: .external(agent), own, body: #"{"reason":"not our cable"}"#)
            try await api.succeed("assignTicket", own, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            #expect(try await seen() == expected)
            #expect(try await api.succeed("getTicket", as: .external(agent), own).text("assignee_id") == api.agentOfA.description)
            try expectProblem(try await api.call("getTicket", as: .external(agent), other), .notFound)
            // The feed may be held back by transactions of other tests: what it shows is his, now and later.
            let events = try await api.succeed("listEvents", as: .external(agent), query: "limit=200").value("data").elements ?? []
            for event in events {
                let ticket = try #require(event.members?.first { $0.name == "ticket_id" }?.value.string)
                #expect(expected.contains(ticket))
            }
        }
    }

    @Test("What was taken from him he reads, but for others' notes, and works on no more; to what he is asked about he writes notes")
    func ticketsOfOthers() async throws {
        try await APIFixture.with { api in
            let (agent, other) = (try await Self.external(api, "ext"), try await api.tenantA.addAgent())
            let had = try await Self.ticket(api, assignedTo: agent.description)
            try await api.succeed("replyToTicket", as: .external(agent), had, body: #"{"body":"on my way"}"#)
            try await api.succeed("addTicketNote", as: .external(agent), had, body: #"{"body":"own note"}"#)
            try await api.succeed("assignTicket", had, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            try await api.succeed("addTicketNote", as: .agentOfA, had, body: #"{"body":"internal secret"}"#)
            let before = try await api.succeed("getTicket", had).response.text
            for (operation, body) in [
                ("replyToTicket", #"{"body":"x"}"#), ("addTicketNote", #"{"body":"x"}"#), ("transitionTicket", #"{"state":"resolved"}"#),
                ("returnTicket", #"{"reason":"x"}"#),
            ] {
                try expectProblem(try await api.call(operation, as: .external(agent), had, body: body), .forbidden)
            }
            #expect(try await api.succeed("getTicket", had).response.text == before)
            let messages = try await api.succeed("listTicketMessages", as: .external(agent), had).response.text
            #expect(messages.contains("on my way") && messages.contains("own note") && !messages.contains("internal secret"))
            #expect(try await api.succeed("listTicketMessages", had).response.text.contains("internal secret"))
            let inside = try await api.succeed("createConsultation", had, body: #"{"agent_id":"\#(other)","question":"inside question"}"#)
            let place = had.merging(["consultation_id": try inside.text("id")]) { $1 }
            try expectProblem(try await api.call("getConsultation", as: .external(agent), place), .notFound)
            #expect(try await api.succeed("getConsultation", place).text("question") == "inside question")
            #expect(try await api.succeed("listConsultations", as: .external(agent), had).value("data").count == 0)

            let asked = try await Self.ticket(api, assignedTo: api.agentOfA.description)
            try await api.succeed("addTicketNote", as: .agentOfA, asked, body: #"{"body":"internal secret"}"#)
            let consultation = try await api.succeed("createConsultation", asked, body: #"{"agent_id":"\#(agent)","question":"?"}"#)
            try await api.succeed("addTicketNote", as: .external(agent), asked, body: #"{"body":"I look"}"#)
            #expect(try await api.succeed("listTicketMessages", as: .external(agent), asked).response.text.contains("internal secret"))
            try expectProblem(try await api.call("replyToTicket", as: .external(agent), asked, body: #"{"body":"x"}"#), .forbidden)
            let path = asked.merging(["consultation_id": try consultation.text("id")]) { $1 }
            #expect(try await api.succeed("listConsultations", as: .external(agent), asked).value("data").count == 1)
            try await api.succeed("answerConsultation", as: .external(agent), path, body: #"{"body":"yes"}"#)
            #expect(try await api.succeed("getConsultation", as: .external(agent), path).text("question") == "?")
            try expectProblem(try await api.call("addTicketNote", as: .external(agent), asked, body: #"{"body":"x"}"#), .forbidden)
            #expect(!(try await api.succeed("listTicketMessages", as: .external(agent), asked).response.text.contains("internal secret")))
        }
    }

    @Test("Of a ticket that he has no more he reads in its history and in the feed what happened, and not what people wrote to each other inside")
    func internalWords() async throws {
        try await APIFixture.with { api in
            let agent = try await Self.external(api, "ext")
            let ids = try await Self.ticket(api, assignedTo: api.agentOfA.description)
            try await api.succeed("transferTicket", ids, body: #"{"to":{"agent_id":"\#(agent)"},"reason":"for him"}"#)
            try await api.succeed("urgeTicket", ids, body: #"{"text":"his urge"}"#)
            try await api.succeed("returnTicket", as: .external(agent), ids, body: #"{"reason":"his own reason"}"#)
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            let other = try await api.tenantA.addAgent()
            try await api.succeed("transferTicket", ids, body: #"{"to":{"agent_id":"\#(other)"},"reason":"secret transfer"}"#)
            try await api.database.sql("UPDATE docket.ticket SET last_urged_at = last_urged_at - interval '1 hour'")
            try await api.succeed("urgeTicket", ids, body: #"{"text":"secret urge"}"#)
            let (his, secret) = (["for him", "his urge", "his own reason"], ["secret transfer", "secret urge"])
            for operation in ["listTicketHistory", "listEvents"] {
                let text = try await Self.events(api, operation, as: .external(agent), ids)
                #expect(his.allSatisfy(text.contains), "\(operation): \(text)")
                #expect(!secret.contains(where: text.contains), "\(operation): \(text)")
                #expect(text.contains(#""reason":null"#) && text.contains(#""text":null"#), "\(operation): \(text)")
                let whole = try await Self.events(api, operation, as: .tenantA, ids)
                #expect((his + secret).allSatisfy(whole.contains), "\(operation)")
            }
            // Asked about it, he works on it again.
            try await api.succeed("createConsultation", ids, body: #"{"agent_id":"\#(agent)","question":"?"}"#)
            for operation in ["listTicketHistory", "listEvents"] {
                let text = try await Self.events(api, operation, as: .external(agent), ids)
                #expect((his + secret).allSatisfy(text.contains), "\(operation)")
            }
        }
    }

    @Test(
        "In the feed he goes past what others do, some thousand events an answer, and is told what happens to his tickets after it",
        arguments: [0, 20]
    )
    func othersEvents(wait: Int) async throws {
        try await APIFixture.with { api in
            let agent = try await Self.external(api, "ext")
            _ = try await Self.ticket(api, assignedTo: api.agentOfA.description)
            try await api.database.sql(
                """
                INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, data)
                SELECT tenant_id, ticket_id, 100 + n, at, xid, version, 'ticket.urged', 'api', '{}'
                FROM docket.ticket_event, generate_series(1, 4500) n WHERE kind = 'ticket.created'
                """
            )
            var query = "wait=\(wait)"
            var mores = 0
            // The feed stays behind every open transaction of the server, those of other tests too.
            let isPast = try await eventually {
                let answer = try await api.succeed("listEvents", as: .external(agent), query: query)
                #expect(try answer.value("data").count == 0)
                let hasMore = try answer.value("has_more").bool == true
                query = "wait=\(wait)&after=\(try answer.text("next_cursor"))"
                mores += hasMore ? 1 : 0
                if mores == 2 { query = query.replacing("wait=20", with: "wait=1") }
                return mores == 2 && !hasMore
            }
            #expect(isPast)
            let own = try await Self.ticket(api, assignedTo: agent.description)
            var kinds: [String] = []
            let isTold = try await eventually {
                let answer = try await api.succeed("listEvents", as: .external(agent), query: query)
                for place in 0..<(try answer.value("data").elements?.count ?? 0) {
                    let ticket = try answer.text("data", "\(place)", "ticket_id")
                    #expect(ticket == own["ticket_id"])
                    kinds.append(try answer.text("data", "\(place)", "type"))
                }
                query = "after=\(try answer.text("next_cursor"))"
                return kinds.contains("ticket.assigned")
            }
            #expect(isTold && kinds.first == "ticket.created")
        }
    }

    /// What an operation tells of a ticket's events. The feed may be held back by transactions of other tests for a while.
    private static func events(_ api: APIFixture, _ operation: String, as caller: APIFixture.Caller, _ ids: [String: String]) async throws -> String {
        let count = try await api.database.sql("SELECT count(*) FROM docket.ticket_event").first?.first.flatMap { Int($0) } ?? 0
        var text = ""
        let isThere = try await eventually {
            let answer = try await api.succeed(operation, as: caller, ids, query: "limit=200")
            text = answer.response.text
            return try (answer.value("data").elements ?? []).count == count
        }
        #expect(isThere)
        return text
    }

    @Test("He says whether he is there, and of nobody else")
    func presence() async throws {
        try await APIFixture.with { api in
            let (agent, other) = (try await Self.external(api, "ext"), try await Self.external(api, "other"))
            let body = #"{"status":"online","lease_seconds":60}"#
            let answer = try await api.succeed("putAgentPresence", as: .external(agent), ["agent_id": agent.description], body: body)
            #expect(try answer.text("status") == "online")
            let before = try await api.database.sql("SELECT agent_id, status, lease_until FROM docket.agent_presence ORDER BY 1")
            for id in [other, api.agentOfA] {
                let refused = try await api.call("putAgentPresence", as: .external(agent), ["agent_id": id.description], body: body)
                try expectProblem(refused, .notFound)
            }
            try expectProblem(try await api.call("getAgentWorkload", as: .external(agent), ["agent_id": agent.description]), .forbidden)
            #expect(try await api.database.sql("SELECT agent_id, status, lease_until FROM docket.agent_presence ORDER BY 1") == before)
        }
    }

    @Test("He sees what is offered to him and answers it; when he has declined he sees it no more")
    func offers() async throws {
        try await APIFixture.with { api in
            let agent = try await Self.external(api, "ext")
            let taken = try await Self.ticket(api)
            let declined = try await Self.ticket(api)
            try expectProblem(try await api.call("getTicket", as: .external(agent), taken), .notFound)
            for ids in [taken, declined] { try await HappyPathTests.offer(api, ids.merging(["agent_id": agent.description]) { $1 }) }
            #expect(try await api.succeed("listTickets", as: .external(agent)).value("data").count == 2)
            // His own list tells what he is asked about; others' are not found.
            let own = ["agent_id": agent.description]
            let list = try await api.succeed("listAgentOffers", as: .external(agent), own)
            let listed = Set(try (list.value("data").elements ?? []).map { try #require($0.members?.first { $0.name == "id" }?.value.string) })
            #expect(listed == Set([taken["ticket_id"], declined["ticket_id"]].compactMap(\.self)))
            let other = try await Self.external(api, "other")
            for id in [other, api.agentOfA] {
                let refused = try await api.call("listAgentOffers", as: .external(agent), ["agent_id": id.description])
                try expectProblem(refused, .notFound)
            }
            #expect(try await api.succeed("listAgentOffers", as: .external(other), ["agent_id": other.description]).value("data").count == 0)
            let accepted = try await api.succeed("acceptTicketOffer", as: .external(agent), taken, body: "{}")
            #expect(try accepted.text("assignee_id") == agent.description)
            try await api.succeed("declineTicketOffer", as: .external(agent), declined, body: #"{"reason":"too far"}"#)
            try expectProblem(try await api.call("getTicket", as: .external(agent), declined), .notFound)
            #expect(try await api.succeed("listAgentOffers", as: .external(agent), own).value("data").count == 0)
        }
    }

    @Test("He ends the tasks that keep his ticket from being resolved, and nobody else's")
    func tasks() async throws {
        try await APIFixture.with { api in
            let agent = try await Self.external(api, "ext")
            let plan = #"{"name":"Cable cut","trigger":"delayed","steps":[{"title":"Call the grid","required":true}]}"#
            try await api.succeed("createPlaybook", body: plan)
            let own = try await Self.ticket(api, assignedTo: agent.description)
            let taken = try await Self.ticket(api, assignedTo: agent.description)
            for ids in [own, taken] { try await api.succeed("reportTicketChange", ids, body: #"{"trigger":"delayed","note":"cut"}"#) }
            try await api.succeed("assignTicket", taken, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            try expectProblem(try await api.call("transitionTicket", as: .external(agent), own, body: #"{"state":"resolved"}"#), .conflict)
            for (ids, isHis) in [(own, true), (taken, false)] {
                var path = ids
                path["task_id"] = try await api.succeed("listTicketTasks", as: .external(agent), ids).text("data", "0", "id")
                let answer = try await api.call("finishTicketTask", as: .external(agent), path, body: #"{"outcome":"done"}"#)
                if isHis { #expect(answer.status == .ok) } else { try expectProblem(answer, .forbidden) }
            }
            try await api.succeed("transitionTicket", as: .external(agent), own, body: #"{"state":"resolved"}"#)
        }
    }

    @Test("What he resolves is settled once, with an amount that somebody sets; what others resolve is not")
    func settlement() async throws {
        try await APIFixture.with { api in
            let agent = try await Self.external(api, "ext")
            let ids = try await Self.ticket(api, assignedTo: agent.description)
            let other = try await Self.ticket(api, assignedTo: api.agentOfA.description)
            for ids in [ids, other] { try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#) }
            try await api.succeed("transitionTicket", ids, body: #"{"state":"in_progress"}"#)
            try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#)
            let list = try await api.succeed("listSettlements")
            #expect(try list.value("data").count == 1)
            #expect(try list.text("data", "0", "ticket_id") == ids["ticket_id"] && list.text("data", "0", "provider") == "Cables & Co")
            #expect(try list.value("data", "0", "amount").isNull)
            let path = ["settlement_id": try list.text("data", "0", "id")]
            let found = try await api.succeed("getSettlement", path)
            for (body, problem) in [
                (#"{"amount":5}"#, "/currency required"), (#"{"currency":"EUR"}"#, "/currency not-allowed"),
                (#"{"amount":5,"currency":"eur"}"#, "/currency invalid-format"), (#"{"amount":-1,"currency":"EUR"}"#, "/amount out-of-range"),
            ] {
                let refused = try await api.call("updateSettlement", path, body: body, headers: found.ifMatch)
                #expect(try expectProblem(refused, .validationFailed) == [problem])
            }
            let set = try await api.succeed("updateSettlement", path, body: #"{"amount":19900,"currency":"EUR"}"#, headers: found.ifMatch)
            #expect(try set.value("amount").int64 == 19_900 && set.text("currency") == "EUR")
            // He works for others now, and they are paid for what he resolves now.
            let agentPath = ["agent_id": agent.description]
            func resolveAgain(for provider: String) async throws -> String {
                let found = try await api.succeed("getAgent", agentPath)
                try await api.succeed("updateAgent", agentPath, body: #"{"provider":"\#(provider)"}"#, headers: found.ifMatch)
                for state in ["in_progress", "resolved"] { try await api.succeed("transitionTicket", ids, body: #"{"state":"\#(state)"}"#) }
                return try await api.succeed("getSettlement", path).text("provider")
            }
            #expect(try await resolveAgain(for: "Wires") == "Cables & Co")
            // Another resolution leaves what was settled.
            try await api.succeed("transitionTicket", ids, body: #"{"state":"in_progress"}"#)
            try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#)
            #expect(try await api.succeed("getSettlement", path).response.text == set.response.text)
            let cleared = try await api.succeed("updateSettlement", path, body: #"{"amount":null}"#, headers: set.ifMatch)
            #expect(try cleared.value("amount").isNull && cleared.value("currency").isNull)
            #expect(try await resolveAgain(for: "Wires") == "Wires")
        }
    }
}
