import Domain
import HTTPTypes
import HummingbirdTesting
import NIOCore
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

    /// An id that nobody has.
    private static let absent = "00000000-0000-7000-8000-00000000dead"

    /// What an answer says, without what differs with each request.
    private struct Verdict: Equatable {
        let status: HTTPResponse.Status
        let code: String?
        /// Where, and what is wrong there.
        let errors: [String]

        init(_ response: TestResponse) throws {
            status = response.status
            let members = response.body.readableBytes == 0 ? [] : try response.json().root.members ?? []
            code = members.first { $0.name == "code" }?.value.string
            errors = (members.first { $0.name == "errors" }?.value.elements ?? []).map { error in
                let parts = Dictionary(uniqueKeysWithValues: (error.members ?? []).map { ($0.name, $0.value.string ?? "") })
                return "\(parts["pointer"] ?? "?") \(parts["code"] ?? "?") \(parts["detail"] ?? "")"
            }
        }

        /// Whether something is wrong with what stands at a place, or with the list in which it stands.
        func isRefused(at place: IDPlaces.Place) -> Bool {
            // Whoever it is not offered to is told no more.
            if place.operation.hasSuffix("TicketOffer") { return [.conflict, .unprocessableContent].contains(status) }
            if status == .notFound { return true }
            return status == .unprocessableContent
                && errors.contains { error in
                    let pointer = error.prefix { $0 != " " }
                    return pointer.hasPrefix("/") && (place.name + "/").hasPrefix(pointer + "/")
                }
        }
    }

    /// The tenant's own things; of tickets a new one, so that no case depends on those before it. One that is to be taken or declined is offered.
    private static func path(of each: ForeignIDCase, at place: IDPlaces.Place, _ api: APIFixture, _ own: [String: String]) async throws
        -> [String: String]
    {
        let given = own.merging(try each.path.mapValues { try #require(own[$0]) }) { $1 }
        let operation = try #require(APIOperations.all.first { $0.id == place.operation })
        guard each.path.isEmpty, operation.pathParameters.contains(where: { $0.name == "ticket_id" }) else { return given }
        let ticket = try await api.succeed("createTicket", as: .tenantB, body: #"{"subject":"asks"}"#).text("id")
        let path = given.merging(["ticket_id": ticket]) { $1 }
        if place.operation.hasSuffix("TicketOffer") { try await HappyPathTests.offer(api, path) }
        return path
    }

    @Test("Every place of a body where an id stands: another tenant's is refused there, as one that nobody has; an own one is not")
    func bodiesThatNameAnotherTenantsThingsAreRefused() async throws {
        let places = try IDPlaces(document: OpenAPIDocument(operations: APIOperations.all).text).bodies
        #expect(places.count > 90)
        try await APIFixture.with { api in
            let foreign = try await HappyPathTests.seed(api, name: Self.canary)
            let own = try await HappyPathTests.seed(api, as: .tenantB, name: "b")
            let cases = ForeignIDCases(own: own).cases
            #expect(places.subtracting(cases.keys).sorted() == [], "places without a case")
            #expect(Set(cases.keys).subtracting(places).sorted() == [], "cases without a place")
            let before = try await Self.everything(of: api, foreign)
            for place in places.sorted() {
                for each in cases[place] ?? [] {
                    let path = try await Self.path(of: each, at: place, api, own)
                    func send(_ id: String?) async throws -> Verdict {
                        let body = each.body.replacing("\"ID\"", with: "\"\(try #require(id))\"")
                        let response = try await api.call(place.operation, as: .tenantB, path, body: body, headers: [.ifMatch: "*"])
                        #expect(!response.text.contains(Self.canary), "\(place.operation) \(body)")
                        return try Verdict(response)
                    }
                    let refusal = try await send(foreign[each.kind])
                    #expect(refusal.isRefused(at: place), "\(place): \(refusal)")
                    #expect(try await send(Self.absent) == refusal, "\(place)")
                    // Else it would be refused for something else.
                    #expect(try await (send(own[each.kind]) == refusal) == each.isNeverTaken, "\(place)")
                }
            }
            #expect(try await Self.everything(of: api, foreign) == before)
        }
    }

    @Test("Every filter by an id: another tenant's finds what one that nobody has finds, and its owner finds something")
    func filtersByAnotherTenantsThingsFindNothing() async throws {
        let places = try IDPlaces(document: OpenAPIDocument(operations: APIOperations.all).text).queries
        #expect(places.count > 10)
        try await APIFixture.with { api in
            let foreign = try await Self.seedFound(api)
            _ = try await HappyPathTests.seed(api, as: .tenantB, name: "b")
            for place in places.sorted() {
                func ask(as caller: APIFixture.Caller, _ id: String) async throws -> String {
                    let query = "\(Self.otherParameters[place.operation] ?? "")\(place.name)=\(id)"
                    return try await api.succeed(place.operation, as: caller, query: query).response.text
                }
                let id = try #require(foreign[Self.kinds[place.name] ?? place.name])
                let found = try await ask(as: .tenantB, id)
                #expect(!found.contains(Self.canary))
                let nobodys = try await ask(as: .tenantB, Self.absent)
                #expect(found == nobodys, "\(place)")
                // No penalty of the fixture belongs to a contract.
                if place.name != "contract_id" { #expect(try await ask(as: .tenantA, id) != found, "\(place)") }
            }
        }
    }

    /// What the operation asks for, or answers by, beside the filter.
    private static let otherParameters = [
        "getSLAStatement": "month=2026-10&", "listPenalties": "month=2026-10&", "getOnCall": "at=2026-10-01T12:00:00Z&",
    ]

    /// What the filters name otherwise than paths do.
    private static let kinds = ["assignee_id": "agent_id", "policy_id": "sla_policy_id", "chain_id": "escalation_chain_id"]

    /// Everything of tenant A, and a ticket that every filter finds.
    private static func seedFound(_ api: APIFixture) async throws -> [String: String] {
        let ids = try await HappyPathTests.seed(api, name: canary)
        func id(_ name: String) throws -> String { try #require(ids[name]) }
        let organization = #"{"organization_id":"\#(try id("organization_id"))"}"#
        try await api.succeed("updateRequester", ids, body: organization, headers: [.ifMatch: "*"])
        let places = try ["queue_id", "group_id", "requester_id"].map { #""\#($0)":"\#(try id($0))""# }.joined(separator: ",")
        let body = #"{"subject":"x",\#(places)}"#
        let ticket = ["ticket_id": try await api.succeed("createTicket", body: body).text("id")]
        try await api.succeed("assignTicket", ticket, body: #"{"agent_id":"\#(try id("agent_id"))"}"#)
        return ids
    }

    /// Taking a member out of a list, who is not in it, is done already.
    private static let removals: Set = [
        IDPlaces.Place("removeGroupMember", "agent_id"), IDPlaces.Place("removeQueueMember", "agent_id"),
        IDPlaces.Place("removeTicketFollower", "agent_id"),
    ]

    @Test("Every path with two ids: an own one beside another tenant's is not found, in whichever order")
    func pathsThatMixTenantsAreNotFound() async throws {
        let places = try IDPlaces(document: OpenAPIDocument(operations: APIOperations.all).text).paths
        #expect(places.count >= 2 * 14)
        try await APIFixture.with { api in
            let foreign = try await HappyPathTests.seed(api, name: Self.canary)
            let own = try await HappyPathTests.seed(api, as: .tenantB, name: "b")
            let before = try await Self.everything(of: api, foreign)
            for place in places.sorted() {
                func send(_ id: String?) async throws -> Verdict {
                    let path = own.merging([place.name: try #require(id)]) { $1 }
                    let body = SampleBodies.body(of: place.operation, ids: own, name: "b2")
                    let response = try await api.call(place.operation, as: .tenantB, path, body: body, headers: [.ifMatch: "*"])
                    #expect(!response.text.contains(Self.canary), "\(place)")
                    return try Verdict(response)
                }
                let refusal = try await send(foreign[place.name])
                #expect(refusal.status == (Self.removals.contains(place) ? .noContent : .notFound), "\(place): \(refusal)")
                #expect(try await send(Self.absent) == refusal, "\(place)")
            }
            #expect(try await Self.everything(of: api, foreign) == before)
        }
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
