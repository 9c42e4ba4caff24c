import HTTPTypes
import HummingbirdTesting
import Testing

@testable import HTTPAPI

/// `If-Match` is never passed over (api.md 4, RFC 9110 13.1.1).
@Suite struct IfMatchTests {
    /// A tag as the API writes them, of nothing that there is.
    private static let stale: HTTPFields = [.ifMatch: #""1-00000000""#]

    @Test("Every operation that writes answers 412 to a tag of something else, with the tag of what is there where that has one")
    func staleTags() async throws {
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: "a")
            let writes = APIOperations.all.filter { $0.method != .get }
            #expect(writes.count { $0.method == .put || $0.method == .patch } > 20)
            for operation in writes {
                let body = SampleBodies.body(of: operation.id, ids: ids, name: "b")
                let refused = try await api.call(operation.id, ids, body: body, headers: Self.stale)
                #expect(refused.status == .preconditionFailed, "\(operation.id): \(refused.status) \(refused.text)")
                if operation.acceptsIfMatch { #expect(refused.headers[.eTag] != nil, "\(operation.id)") }
            }
        }
    }

    @Test("Every operation that writes answers 412 to If-None-Match, whatever it says")
    func ifNoneMatchOfWrites() async throws {
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: "a")
            for operation in APIOperations.all where operation.method != .get {
                let body = SampleBodies.body(of: operation.id, ids: ids, name: "b")
                for condition in ["*", #""1-00000000""#] {
                    let refused = try await api.call(operation.id, ids, body: body, headers: [.ifNoneMatch: condition])
                    #expect(refused.status == .preconditionFailed, "\(operation.id): \(refused.status) \(refused.text)")
                }
            }
        }
    }

    @Test(
        "What is set as a whole is read with a tag, and replaced only as it was read",
        arguments: [
            ("getPriorityMatrix", "putPriorityMatrix"), ("getEscalationSettings", "putEscalationSettings"), ("getSLASettings", "putSLASettings"),
            ("getLifecycleSettings", "putLifecycleSettings"), ("getAgentNotifications", "putAgentNotifications"),
        ]
    )
    func settings(_ operations: (get: String, put: String)) async throws {
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: "a")
            let body = SampleBodies.body(of: operations.put, ids: ids, name: "a")
            let before = try await api.succeed(operations.get, ids)
            let set = try await api.succeed(operations.put, ids, body: body, headers: before.ifMatch)
            #expect(set.entityTag != before.entityTag)
            let stale = try await api.call(operations.put, ids, body: body, headers: before.ifMatch)
            try expectProblem(stale, .preconditionFailed)
            #expect(stale.headers[.eTag] == set.entityTag)
            // As it is stored, and as it was sent, it is the same.
            #expect(try await api.succeed(operations.get, ids).entityTag == set.entityTag)
            #expect(try await api.call(operations.get, ids, headers: [.ifNoneMatch: set.entityTag]).status == .notModified)
            for fields in [[.ifMatch: "*"], [:], set.ifMatch] as [HTTPFields] {
                #expect(try await api.succeed(operations.put, ids, body: body, headers: fields).entityTag == set.entityTag)
            }
        }
    }
}
