import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// What requests to the API do to a ticket's clocks.
@Suite struct TicketClockTests {
    private static let policy = """
        {"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},
        {"metric":"next_response","seconds":3600,"mode":"calendar"},{"metric":"resolution","seconds":7200,"mode":"calendar"}]}
        """

    private func states(_ api: APIFixture, _ ids: [String: String]) async throws -> [String] {
        let timers = try await api.succeed("getTicketTimers", ids).value("data").elements ?? []
        return try timers.map { timer in
            let members = try #require(timer.members)
            let metric = members.first { $0.name == "metric" }?.value.string ?? ""
            return metric + " " + (members.first { $0.name == "state" }?.value.string ?? "")
        }
    }

    @Test(arguments: [true, false])
    func aRequestersReplyStartsNextResponse(hasRequester: Bool) async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(Self.policy)
            let requester = try await api.succeed("createRequester", body: #"{"name":"Ada","email":"ada@example.org"}"#).text("id")
            let asker = hasRequester ? #","requester_id":"\#(requester)""# : ""
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"\#(asker)}"#).text("id")]
            let agent = api.agentOfA
            try await api.succeed("replyToTicket", ids, body: #"{"body":"a","author":{"type":"agent","agent_id":"\#(agent)"}}"#)
            #expect(try await states(api, ids).contains("first_response met"))
            try await api.succeed("replyToTicket", ids, body: #"{"body":"q","author":{"type":"requester"}}"#)
            #expect(try await states(api, ids).contains("next_response running"))
            let author = try await api.succeed("listTicketMessages", ids).value("data", "1", "author", "id")
            #expect(author.string == (hasRequester ? requester : nil))
            try await api.succeed("replyToTicket", ids, body: #"{"body":"b","author":{"type":"agent","agent_id":"\#(agent)"}}"#)
            #expect(try await states(api, ids).contains("next_response met"))
        }
    }

    @Test func aPausedTicketIsExplainedToItsCustomer() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(
                #"{"name":"Gold","targets":[{"metric":"resolution","seconds":7200,"mode":"business"}],"pauses":[{"metric":"resolution","category":"pending"}]}"#
            )
            let created = try await api.succeed("createTicket", body: #"{"subject":"x"}"#)
            let ids = ["ticket_id": try created.text("id")]
            try await api.succeed("transitionTicket", ids, body: #"{"state":"waiting_customer"}"#)
            let timer = try await api.succeed("getTicketTimers", ids).value("data", "0")
            let explanation = try #require(timer.members?.first { $0.name == "explain" }?.value.members)
            #expect(explanation.first { $0.name == "if_resumed_now" }?.value.members?.count == 2)
            let page = try await api.succeed("explainTicketTimers", ids)
            #expect(try page.text("lang") == "en" && page.text("time_zone") == "UTC")
            let text = try page.text("text")
            #expect(text.contains("Agreement: Gold, version 1") && text.contains("the clock stands still: waiting for customer"))
            let chinese = try await api.succeed("explainTicketTimers", ids, query: "lang=zh").text("text")
            #expect(chinese.contains("暂停计时：等待客户回复") && chinese.contains("如果现在恢复计时"))
            let refused = try await api.call("explainTicketTimers", ids, query: "lang=fr")
            #expect(try expectProblem(refused, .validationFailed).first?.contains("lang") == true)
        }
    }

    @Test func theTimeOfATicketAddsUp() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            try await api.succeed("transitionTicket", ids, body: #"{"state":"in_progress"}"#)
            let time = try await api.succeed("getTicketTime", ids)
            func microseconds(_ value: JSONValue?) throws -> Int {
                let members = try #require(value?.members)
                let seconds = try #require(members.first { $0.name == "wall_seconds" }?.value.double)
                return Int((seconds * 1_000_000).rounded())
            }
            let steps = try time.value("steps").elements ?? []
            #expect(steps.count == 2)
            let sum = try steps.reduce(0) { $0 + (try microseconds($1)) }
            #expect(try sum == microseconds(time.value("total")))
            #expect(try time.value("customer").count == 0 && time.value("calendar_id").isNull)
            try expectProblem(try await api.call("getTicketTime", as: .tenantB, ids), .notFound)
        }
    }

    @Test func aClockThatIsAheadDoesNotStopTheTicket() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(Self.policy)
            let ahead = try await api.now(plus: 4)
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x","occurred_at":"\#(ahead)"}"#)
            #expect(try ticket.text("created_at") <= ahead.description)
            try await api.succeed("transitionTicket", ["ticket_id": try ticket.text("id")], body: #"{"state":"resolved"}"#)
            let far = try await api.now(plus: 60)
            let refused = try await api.call("createTicket", body: #"{"subject":"x","occurred_at":"\#(far)"}"#)
            #expect(try expectProblem(refused, .validationFailed) == ["/occurred_at in-future"])
        }
    }

    @Test func timesBeforeCalendarsAreRefused() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(Self.policy)
            for time in ["1899-12-31T23:59:59Z", "0001-01-01T00:00:00Z"] {
                let refused = try await api.call("createTicket", body: #"{"subject":"x","occurred_at":"\#(time)"}"#)
                #expect(try expectProblem(refused, .validationFailed) == ["/occurred_at out-of-range"])
            }
            let first = try await api.succeed("createTicket", body: #"{"subject":"x","occurred_at":"1900-01-01T00:00:00Z"}"#)
            try await api.succeed("transitionTicket", ["ticket_id": try first.text("id")], body: #"{"state":"resolved"}"#)
        }
    }

    /// A stored ticket that began before calendars do, as older versions took it.
    @Test func clocksThatCannotBeMeasuredHinderNoCommand() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x","occurred_at":"1900-01-01T00:00:00Z"}"#).text("id")]
            try await api.database.sql(
                #"UPDATE docket.ticket_event SET data = jsonb_set(data, '{occurredAt}', '"1890-01-01T00:00:00Z"') WHERE data ? 'occurredAt'"#
            )
            try await api.tenantA.addPolicy(Self.policy)
            try await api.succeed("transitionTicket", ids, body: #"{"state":"waiting_customer"}"#)
            #expect(try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#).text("state") == "resolved")
        }
    }

    @Test func noWorkBeginsWithoutAnAgent() async throws {
        try await APIFixture.with { api in
            let queued = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            try expectProblem(try await api.call("transitionTicket", queued, body: #"{"state":"in_progress"}"#), .invalidTransition)
            try await api.succeed("transitionTicket", queued, body: #"{"state":"resolved"}"#)
            let reopened = try await api.succeed("transitionTicket", queued, body: #"{"state":"in_progress"}"#)
            #expect(try reopened.text("state") == "waiting_assignment")
            try await api.succeed("claimTicket", as: .agentOfA, queued, body: "{}")
            #expect(try await api.succeed("transitionTicket", queued, body: #"{"state":"in_progress"}"#).text("state") == "in_progress")

            let recorded = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"y"}"#).text("id")]
            let moved = try await api.succeed("transitionTicket", recorded, body: #"{"state":"in_progress","without_agent":true}"#)
            #expect(try moved.text("state") == "in_progress")
        }
    }
}

extension APIFixture {
    /// The database's time and some seconds.
    fileprivate func now(plus seconds: Int) async throws -> Timestamp {
        let rows = try await database.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::int8")
        let microseconds = try #require(rows.first?.first.flatMap { Int64($0) })
        return Timestamp(microseconds: microseconds + Int64(seconds) * 1_000_000)
    }
}
