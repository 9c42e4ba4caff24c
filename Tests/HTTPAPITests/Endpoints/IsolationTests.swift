import Domain
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import HTTPAPI

/// Design.md I1 at the door: enumerated over all operations, so that a new one is tested without anybody thinking of it.
@Suite struct IsolationTests {
    private static let canary = "canary-of-a"

    @Test func nobodySeesWithoutAKey() async throws {
        try await APIFixture.with { api in
            let ids = Dictionary(
                uniqueKeysWithValues: Set(APIOperations.all.flatMap(\.pathParameters).map(\.name)).map { ($0, TicketID(high: 1, low: 1).description) }
            )
            for operation in APIOperations.all {
                let response = try await api.call(
                    operation.id,
                    as: .nobody,
                    ids,
                    body: SampleBodies.body(of: operation.id, ids: ids, name: "x"),
                    headers: [.ifMatch: "*"]
                )
                try expectProblem(response, .invalidToken)
            }
        }
    }

    @Test func idsOfAnotherTenantAreNotFound() async throws {
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: Self.canary)
            let own = try await HappyPathTests.seed(api, as: .tenantB, name: "b")
            let before = try await Self.everything(of: api, ids)
            for operation in APIOperations.all {
                // Bodies name tenant B's own things: what is refused is refused for the path.
                let response = try await api.call(
                    operation.id,
                    as: .tenantB,
                    ids,
                    body: SampleBodies.body(of: operation.id, ids: own, name: "b2"),
                    headers: [.ifMatch: "*"]
                )
                #expect(!response.text.contains(Self.canary), "\(operation.id)")
                if operation.pathParameters.isEmpty { continue }
                #expect(response.status == .notFound, "\(operation.id): \(response.status) \(response.text)")
            }
            #expect(try await Self.everything(of: api, ids) == before)
        }
    }

    @Test func bodiesThatNameAnotherTenantsThingsAreRefused() async throws {
        try await APIFixture.with { api in
            let foreign = try await HappyPathTests.seed(api, name: Self.canary)
            let own = try await HappyPathTests.seed(api, as: .tenantB, name: "b")
            let mine = ["agent_of_b": try #require(own["agent_id"]), "organization_of_b": try #require(own["organization_id"])]
            let pairs = try Self.references(foreign.merging(mine) { first, _ in first })
            for (operation, body) in pairs {
                let response = try await api.call(operation, as: .tenantB, own, body: body, headers: [.ifMatch: "*"])
                #expect([.unprocessableContent, .notFound].contains(response.status), "\(operation) \(body): \(response.status) \(response.text)")
                #expect(!response.text.contains(Self.canary))
            }
        }
    }

    /// Every place of a body where an id stands, with another tenant's id.
    private static func references(_ ids: [String: String]) throws -> [(operation: String, body: String)] {
        func id(_ name: String) throws -> String { try #require(ids[name]) }
        let agent = try id("agent_id")
        let (queue, group, skill, requester) = (try id("queue_id"), try id("group_id"), try id("skill_id"), try id("requester_id"))
        let (calendar, chain) = (try id("calendar_id"), try id("escalation_chain_id"))
        let webhook = try id("webhook_endpoint_id")
        var pairs: [(String, String)] = []
        let references = [
            #""queue_id":"\#(queue)""#, #""group_id":"\#(group)""#, #""requester_id":"\#(requester)""#, #""preferred_agent_id":"\#(agent)""#,
            #""site_id":"\#(try id("site_id"))""#,
            #""required_skills":[{"skill_id":"\#(skill)","level":1}]"#, #""optional_skills":[{"skill_id":"\#(skill)","drop_rank":1}]"#,
        ]
        for reference in references {
            pairs.append(("createTicket", #"{"subject":"x",\#(reference)}"#))
            pairs.append(("updateTicket", "{\(reference)}"))
        }
        for target in [#""agent_id":"\#(agent)""#, #""queue_id":"\#(queue)""#] {
            pairs.append(("transferTicket", #"{"to":{\#(target)},"reason":"x"}"#))
        }
        let resource = #""resource_id":"\#(try id("resource_id"))""#
        pairs.append(("createBooking", #"{\#(resource),"starts_at":"2090-01-01T00:00:00Z","ends_at":"2090-01-02T00:00:00Z"}"#))
        pairs.append(("mergeTicket", #"{"into_id":"\#(try id("ticket_id"))"}"#))
        pairs.append(("splitTicket", #"{"message_ids":["\#(try id("message_id"))"],"subject":"x"}"#))
        pairs.append(("createConsultation", #"{"agent_id":"\#(agent)","question":"x"}"#))
        pairs.append(("urgeTicket", #"{"text":"x","requester_id":"\#(requester)"}"#))
        pairs.append(("createSite", #"{"name":"x","calendar_id":"\#(calendar)"}"#))
        pairs.append(("updateSite", #"{"calendar_id":"\#(calendar)"}"#))
        for operation in ["createQueue", "updateQueue"] {
            pairs.append((operation, #"{\#(operation == "createQueue" ? #""name":"x","# : "")"escalation_chain_id":"\#(chain)"}"#))
        }
        pairs.append(("updateQueue", #"{"escalations":[{"trigger":"no_taker","chain_id":"\#(chain)"}]}"#))
        for reference in [#""agent_id":"\#(agent)""#, #""queue_id":"\#(queue)""#] {
            pairs.append(("createAPIKey", #"{"name":"x","scopes":["tickets:read"],\#(reference)}"#))
        }
        pairs.append(("addTicketFollower", #"{"agent_id":"\#(agent)"}"#))
        pairs.append(("createAgent", #"{"name":"x","email":"x@example.com","manager_id":"\#(agent)"}"#))
        pairs.append(("updateAgent", #"{"manager_id":"\#(agent)"}"#))
        pairs.append(("putAgentNotifications", #"{"channels":[{"type":"webhook","id":"\#(webhook)"}]}"#))
        let rota = #""name":"x","tz":"UTC","starts_on":"2026-01-05","handover":"00:00","shift_hours":24"#
        let standIn = #"{"from":"2026-05-01T00:00:00Z","to":"2026-05-02T00:00:00Z","agent_id":"\#(agent)"}"#
        for operation in ["createOnCallRota", "replaceOnCallRota"] {
            pairs.append((operation, #"{\#(rota),"members":["\#(agent)"]}"#))
            pairs.append((operation, #"{\#(rota),"members":["\#(try id("agent_of_b"))"],"overrides":[\#(standIn)]}"#))
        }
        for operation in ["assignTicket", "claimTicket"] { pairs.append((operation, #"{"agent_id":"\#(agent)"}"#)) }
        for operation in ["replyToTicket", "addTicketNote"] {
            pairs.append((operation, #"{"body":"x","author":{"type":"agent","agent_id":"\#(agent)"}}"#))
        }
        pairs.append(("replyToTicket", #"{"body":"x","author":{"type":"requester","requester_id":"\#(requester)"}}"#))
        pairs.append(("createAgent", #"{"name":"x","email":"x@example.com","calendar_id":"\#(calendar)"}"#))
        pairs.append(("createAgent", #"{"name":"x","email":"x@example.com","skills":[{"skill_id":"\#(skill)","level":1}]}"#))
        pairs.append(("updateAgent", #"{"skills":[{"skill_id":"\#(skill)","level":1}]}"#))
        pairs.append(("updateAgent", #"{"calendar_id":"\#(calendar)"}"#))
        pairs.append(("createGroup", #"{"name":"x","head_agent_id":"\#(agent)"}"#))
        pairs.append(("updateGroup", #"{"head_agent_id":"\#(agent)"}"#))
        pairs.append(("createQueue", #"{"name":"x","calendar_id":"\#(calendar)"}"#))
        pairs.append(("updateQueue", #"{"calendar_id":"\#(calendar)"}"#))
        pairs.append(("addQueueMembers", #"{"members":[{"agent_id":"\#(agent)"}]}"#))
        pairs.append(("addGroupMembers", #"{"members":[{"agent_id":"\#(agent)"}]}"#))
        pairs.append(("requestPenaltyWaiver", #"{"reason":"x","agent_id":"\#(agent)"}"#))
        pairs.append(("approvePenaltyWaiver", #"{"agent_id":"\#(agent)"}"#))
        pairs.append(("rejectPenaltyWaiver", #"{"agent_id":"\#(agent)"}"#))
        let (organization, policy) = (try id("organization_id"), try id("sla_policy_id"))
        pairs.append(("createOrganization", #"{"name":"x","calendar_id":"\#(calendar)"}"#))
        pairs.append(("updateOrganization", #"{"calendar_id":"\#(calendar)"}"#))
        pairs.append(("createRequester", #"{"name":"x","email":"x@example.org","organization_id":"\#(organization)"}"#))
        pairs.append(("updateRequester", #"{"organization_id":"\#(organization)"}"#))
        pairs.append(("putSLASettings", #"{"calendar_id":"\#(calendar)"}"#))
        let contract = #""number":"x","name":"x","valid_from":"2026-01-01T00:00:00Z","currency":"EUR""#
        pairs.append(("createContract", #"{"organization_id":"\#(organization)",\#(contract)}"#))
        pairs.append(("createContract", #"{"organization_id":"\#(try id("organization_of_b"))",\#(contract),"policy_ids":["\#(policy)"]}"#))
        pairs.append(("updateContract", #"{"policy_ids":["\#(policy)"]}"#))
        let targets = #""targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]"#
        for operation in ["createSLAPolicy", "replaceSLAPolicy"] {
            pairs.append((operation, #"{"name":"x","position":1,\#(targets),"calendar_id":"\#(calendar)"}"#))
            pairs.append((operation, #"{"name":"x","position":1,\#(targets),"chain_id":"\#(chain)"}"#))
        }
        for target in [("agent", agent), ("group", group), ("group_head", group), ("webhook", webhook), ("rota", try id("on_call_rota_id"))] {
            let level =
                #"{"targets":[{"type":"\#(target.0)","id":"\#(target.1)"}],"timeout":60,"mode":"wall","condition":"not_acked","actions":["notify"]}"#
            pairs.append(("createEscalationChain", #"{"name":"x","levels":[\#(level)]}"#))
            pairs.append(("replaceEscalationChain", #"{"name":"x","levels":[\#(level)]}"#))
        }
        return pairs
    }

    /// What the tenant sees of its own things.
    private static func everything(of api: APIFixture, _ ids: [String: String]) async throws -> [String] {
        var texts: [String] = []
        for operation in APIOperations.all where operation.method == .get && operation.responses.contains(where: { $0.headers.contains("ETag") }) {
            texts.append(try await api.succeed(operation.id, ids).response.text)
        }
        return texts
    }
}
