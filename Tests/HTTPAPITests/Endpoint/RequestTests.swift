import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// api.md 2: what a request may look like, and what is answered where it does not.
@Suite struct RequestTests {
    private let api = TestAPI()

    @Test func answersWhatIsRight() async throws {
        try await api.run { client in
            let body = ByteBuffer(string: #"{"name":"bolt","size":5,"colour":"red","tags":["a"],"due_at":"2026-11-21T10:00:00.5+01:00"}"#)
            try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: body) { response in
                #expect(response.status == .created)
                #expect(response.headers[.location] == "/v1/widgets/00000000-0000-0001-0000-000000000002")
                #expect(response.headers[.contentType] == "application/json; charset=utf-8")
                #expect(response.headers[.eTag]?.hasPrefix("\"1-") == true)
                #expect(response.text.contains(#""due_at":"2026-11-21T09:00:00.500Z""#))
            }
        }
    }

    @Test(arguments: [
        (#"{}"#, ["/name required"]),
        (#"{"name":""}"#, ["/name too-short"]), (#"{"name":"  "}"#, ["/name too-short"]), (#"{"name":"a\u0000"}"#, ["/name invalid-character"]),
        (#"{"name":"123456789012345678901"}"#, ["/name too-long"]), (#"{"name":null}"#, ["/name not-null"]), (#"{"name":5}"#, ["/name wrong-type"]),
        (#"{"name":"a","size":1.5}"#, ["/size wrong-type"]), (#"{"name":"a","size":1001}"#, ["/size out-of-range"]),
        (#"{"name":"a","size":99999999999999999999}"#, ["/size wrong-type"]), (#"{"name":"a","size":"5"}"#, ["/size wrong-type"]),
        (#"{"name":"a","colour":"blue"}"#, ["/colour not-allowed"]), (#"{"name":"a","owner_id":"x"}"#, ["/owner_id invalid-format"]),
        (#"{"name":"a","due_at":"tomorrow"}"#, ["/due_at invalid-format"]), (#"{"name":"a","urgent":"yes"}"#, ["/urgent wrong-type"]),
        (#"{"name":"a","tags":["a",1,""]}"#, ["/tags/1 wrong-type", "/tags/2 too-short"]),
        (#"{"name":"a","tags":["a","b","c","d"]}"#, ["/tags too-many"]),
        (#"{"name":"a","maker":{"nome":"x"}}"#, ["/maker/name required", "/maker/nome unknown-field"]),
        (#"{"name":"a","maker":[]}"#, ["/maker wrong-type"]),
        (#"{"name":"a","a/b~c":1}"#, ["/a~1b~0c unknown-field"]), (#"{"name":"a","custom":{"x":["\u0000"]}}"#, ["/custom/x/0 invalid-character"]),
        (#"{"name":"a","custom":1e999}"#, ["/custom out-of-range"]),
        (#"{"name":"a","tenant_id":"x","version":2}"#, ["/tenant_id unknown-field", "/version unknown-field"]),
        (#"{"size":true,"colour":7,"zzz":1}"#, ["/name required", "/size wrong-type", "/colour wrong-type", "/zzz unknown-field"]),
    ])
    func namesEveryErrorAtItsPlace(body: String, expected: [String]) async throws {
        try await api.run { client in
            try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: ByteBuffer(string: body)) { response in
                let places = try expectProblem(response, .validationFailed)
                #expect(places == expected)
            }
        }
    }

    @Test(arguments: ["", "{", "[]", "\"x\"", "null", "{\"name\":\"a\"", "{\"name\":\"\\ud800\"}", "{\"name\":01}", "{}x"])
    func answersMalformedJSON(body: String) async throws {
        try await api.run { client in
            try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: ByteBuffer(string: body)) { response in
                try expectProblem(response, .invalidJSON)
            }
        }
    }

    @Test func namesADuplicateMember() async throws {
        try await api.run { client in
            let body = ByteBuffer(string: #"{"name":"a","name":"b"}"#)
            try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: body) { response in
                let places = try expectProblem(response, .invalidJSON)
                #expect(places == ["/name duplicate"])
            }
        }
    }

    @Test func boundsErrorsBodiesAndMembers() async throws {
        try await api.run { client in
            let many = "{" + (0..<60).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
            try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: ByteBuffer(string: many)) { response in
                let places = try expectProblem(response, .validationFailed)
                #expect(places.count == 50)
            }
            let large = ByteBuffer(string: "{\"name\":\"" + String(repeating: "a", count: 1 << 20) + "\"}")
            try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: large) { response in
                try expectProblem(response, .bodyTooLarge)
                #expect(response.headers[.connection] == "close")
            }
            let target = "/v1/widgets?colour=" + String(repeating: "a", count: 9_000)
            try await client.execute(uri: target, method: .get, headers: api.headers()) { try expectProblem($0, .targetTooLong) }
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=iso-8859-1", "application/jsonx"])
    func refusesOtherMediaTypes(type: String) async throws {
        let acceptPost = try #require(HTTPField.Name("Accept-Post"))
        let acceptPatch = try #require(HTTPField.Name("Accept-Patch"))
        try await api.run { client in
            let body = ByteBuffer(string: #"{"name":"a"}"#)
            try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(contentType: type), body: body) { response in
                try expectProblem(response, .unsupportedMediaType)
                #expect(response.headers[acceptPost] == "application/json")
            }
            let headers = api.headers([.ifMatch: "*"])
            try await client.execute(uri: "/v1/widgets/\(WidgetEndpoints.known.id)", method: .patch, headers: headers, body: body) { response in
                try expectProblem(response, .unsupportedMediaType)
                #expect(response.headers[acceptPatch] == "application/merge-patch+json")
            }
        }
    }

    @Test func answersOnlyWithJSON() async throws {
        let path = "/v1/widgets"
        try await api.run { client in
            for accept in ["*/*", "application/json", "text/html, application/*;q=0.5", "application/json ; q=1"] {
                try await client.execute(uri: path, method: .get, headers: api.headers([.accept: accept])) { #expect($0.status == .ok) }
            }
            for accept in ["text/html", "application/xml", "application/json;q=0", ""] {
                try await client.execute(uri: path, method: .get, headers: api.headers([.accept: accept])) { try expectProblem($0, .notAcceptable) }
            }
        }
    }
}
