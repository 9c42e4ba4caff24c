import Domain
import HTTPTypes
import HummingbirdTesting
import Store
import TestSupport
import Testing
import UseCases

@testable import HTTPAPI

/// API keys by API.
@Suite struct KeyEndpointTests {
    private static let body = #"{"name":"sync","scopes":["tickets:read","events:read","tickets:read"]}"#

    @Test("A key is shown once, answered to as it was made, and no more once it is revoked")
    func life() async throws {
        try await APIFixture.with { api in
            let created = try await api.succeed("createAPIKey", body: Self.body)
            let key = try #require(APIKey(try created.text("key")))
            let ids = ["api_key_id": try created.text("id")]
            let shown = try await api.succeed("getAPIKey", ids)
            let list = try await api.succeed("listAPIKeys")
            for answer in [shown, list] {
                #expect(!answer.response.text.contains(key.revealed) && !answer.response.text.contains("hash"))
            }
            #expect(try list.value("data").count == 1 && list.text("data", "0", "id") == created.text("id"))
            #expect(try shown.text("last_four") == key.lastFour && shown.text("prefix") == "dkt_live_")
            #expect(try shown.value("expires_at").isNull && shown.value("revoked_at").isNull && !shown.value("created_by").isNull)
            try await api.database.withEnvironment { environment in
                let owner = try await environment.database.keyOwner(hash: key.lookupHash)
                #expect(owner?.tenantID == api.tenantA.id && owner?.scopes == ["tickets:read", "events:read"] && owner?.agentID == nil)
                let revoked = try await api.succeed("revokeAPIKey", ids)
                #expect(try revoked.text("revoked_by") == created.text("created_by"))
                #expect(try await environment.database.keyOwner(hash: key.lookupHash) == nil)
                let again = try await api.succeed("revokeAPIKey", as: .scoped(.all), ids)
                #expect(again.response.text == revoked.response.text)
            }
            #expect(try await api.database.sql("SELECT count(*) FROM docket.api_key k WHERE k::text LIKE '%\(key.revealed)%'") == [["0"]])
        }
    }

    @Test("Nobody gives away a scope that he lacks; a wider one includes the narrow")
    func scopes() async throws {
        try await APIFixture.with { api in
            let caller = APIFixture.Caller.scoped(ScopeSet([.keysWrite, .ticketsWrite]))
            func make(_ scopes: String) async throws -> TestResponse {
                try await api.call("createAPIKey", as: caller, body: #"{"name":"x","scopes":[\#(scopes)]}"#)
            }
            let refused = try await make(#""tickets:write","tickets:read","keys:read""#)
            #expect(try expectProblem(refused, .validationFailed) == ["/scopes/1 not-allowed", "/scopes/2 not-allowed"])
            #expect(try await make(#""tickets:write","tickets:assign","keys:write""#).status == .created)
            #expect(try expectProblem(try await make(#""everything""#), .validationFailed) == ["/scopes/0 not-allowed"])
            #expect(try expectProblem(try await make(""), .validationFailed) == ["/scopes too-few"])
            #expect(try await api.database.sql("SELECT count(*) FROM docket.api_key") == [["1"]])
        }
    }

    @Test("Only with the scopes for it; and not by a key that is bound to an agent or to a way in")
    func callers() async throws {
        try await APIFixture.with { api in
            let ids = ["api_key_id": try await api.succeed("createAPIKey", body: Self.body).text("id")]
            let others = ScopeSet(Scope.allCases.filter { $0 != .keysRead && $0 != .keysWrite })
            for operation in KeyEndpoints.operations {
                let body = operation.body == nil ? nil : Self.body
                try expectProblem(try await api.call(operation.id, as: .scoped(others), ids, body: body), .insufficientScope)
            }
            try expectProblem(try await api.call("revokeAPIKey", as: .scoped(ScopeSet([.keysRead])), ids), .insufficientScope)
            try expectProblem(try await api.call("createAPIKey", as: .agentOfA, body: Self.body), .forbidden)
            let profile = IntakeProfile(isVIP: false, priorityFloor: nil, queueID: api.tenantA.queue)
            try expectProblem(try await api.call("createAPIKey", as: .through(profile), body: Self.body), .forbidden)
            #expect(try await api.succeed("getAPIKey", ids).value("revoked_at").isNull)
        }
    }

    @Test(
        "A key that is over at some time makes none that lives longer",
        arguments: [(nil, nil, true), (nil, 5, true), (10, nil, false), (10, 11, false), (10, 10, true), (10, 9, true)] as [(Int64?, Int64?, Bool)]
    )
    func expiry(_ row: (own: Int64?, asked: Int64?, isAllowed: Bool)) throws {
        let principal = Principal(
            tenantID: TenantID(high: 1, low: 1),
            keyID: APIKeyID(high: 1, low: 1),
            scopes: .all,
            expiresAt: row.own.map { Timestamp(microseconds: $0 * 1_000_000) }
        )
        let expiry = row.asked.map { #","expires_at":"1970-01-01T00:00:\#($0 < 10 ? "0" : "")\#($0)Z""# } ?? ""
        var errors = FieldErrors()
        let document = try JSONDocument(Array(#"{"name":"x","scopes":["tickets:read"]\#(expiry)}"#.utf8))
        let body = try #require(ObjectReader.read(CreateAPIKey.self, from: document.root, errors: &errors))
        do throws(Problem) {
            try body.check(for: principal)
            #expect(row.isAllowed)
        } catch {
            #expect(!row.isAllowed && error.errors.map(\.place) == [.pointer("/expires_at")])
        }
    }

    @Test("The keys that a key made, and those that they made, go on when it ends, unless they are to end with it: also when it has ended already")
    func descendants() async throws {
        try await APIFixture.with { api in
            var ids: [String: String] = [:]
            for name in ["root", "child", "grandchild", "other"] {
                let body = #"{"name":"\#(name)","scopes":["keys:write"]}"#
                ids[name] = try await api.succeed("createAPIKey", body: body).text("id")
            }
            func id(_ name: String) throws -> String { try #require(ids[name]) }
            for (made, maker) in [("child", "root"), ("grandchild", "child")] {
                try await api.database.sql("UPDATE docket.api_key SET created_by = '\(try id(maker))' WHERE id = '\(try id(made))'")
            }
            func revoked() async throws -> [String] {
                try await api.database.sql("SELECT name FROM docket.api_key WHERE revoked_at IS NOT NULL ORDER BY name").map { $0[0] }
            }
            for name in ["root", "child"] { try await api.succeed("revokeAPIKey", ["api_key_id": try id(name)]) }
            #expect(try await revoked() == ["child", "root"])
            let times = "SELECT string_agg(revoked_at::text, ',' ORDER BY name) FROM docket.api_key WHERE name IN ('root', 'child')"
            let before = try await api.database.sql(times)
            try await api.succeed("revokeAPIKey", ["api_key_id": try id("root")], query: "with_descendants=true")
            #expect(try await revoked() == ["child", "grandchild", "root"])
            #expect(try await api.database.sql(times) == before)
            let grandchild = try await api.succeed("getAPIKey", ["api_key_id": try id("grandchild")])
            #expect(try !grandchild.value("revoked_by").isNull)
        }
    }

    @Test("A repeated request makes no second key, and does not show the first again; what is over already is refused")
    func repeating() async throws {
        try await APIFixture.with { api in
            let first = try await api.succeed("createAPIKey", body: Self.body, headers: [.idempotencyKey: "k"])
            let second = try await api.succeed("createAPIKey", body: Self.body, headers: [.idempotencyKey: "k"])
            #expect(second.response.headers[.idempotentReplayed] == "true")
            #expect(try second.text("id") == first.text("id") && second.value("key").isNull && !first.value("key").isNull)
            let late = #"{"name":"x","scopes":["tickets:read"],"expires_at":"2020-01-01T00:00:00Z"}"#
            #expect(try expectProblem(try await api.call("createAPIKey", body: late), .validationFailed) == ["/expires_at in-past"])
            #expect(try await api.database.sql("SELECT count(*) FROM docket.api_key") == [["1"]])
        }
    }

    @Test("A key that was revoked a moment ago makes and revokes no other, though servers may remember it; a tenant has so many keys and no more")
    func limits() async throws {
        try await APIFixture.with { api in
            let principal = try await api.principal()
            func add(_ count: Int, id: String, columns: String, values: String) async throws {
                try await api.database.sql(
                    """
                    INSERT INTO docket.api_key (hash, id, tenant_id, name, prefix, last_four, scopes, created_at, \(columns))
                    SELECT sha256(('\(columns)' || n)::bytea), \(id), '\(api.tenantA.id)', 'x', 'dkt_live_', 'abcd', '{keys:write}', docket.now(), \(values)
                    FROM generate_series(1, \(count)) n
                    """
                )
            }
            try await add(1, id: "'\(principal)'", columns: "revoked_at", values: "docket.now()")
            try expectProblem(try await api.call("createAPIKey", body: Self.body), .conflict)
            let other = "01a20279-279d-71f1-bdf1-810f8c4956f2"
            try await add(1, id: "'\(other)'", columns: "created_by", values: "NULL")
            try expectProblem(try await api.call("revokeAPIKey", ["api_key_id": other]), .conflict)
            #expect(try await api.database.sql("SELECT count(*) FROM docket.api_key WHERE revoked_at IS NULL") == [["1"]])
            try await api.database.sql("DELETE FROM docket.api_key WHERE id = '\(other)'")
            try await api.database.sql("UPDATE docket.api_key SET revoked_at = NULL")
            try await add(50, id: "gen_random_uuid()", columns: "expires_at", values: "docket.now()")
            try await add(APIKeys.maximumLive - 2, id: "gen_random_uuid()", columns: "created_by", values: "NULL")
            try await api.succeed("createAPIKey", body: Self.body)
            try expectProblem(try await api.call("createAPIKey", body: Self.body), .conflict)
        }
    }
}
