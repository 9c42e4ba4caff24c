import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// Methods, unknown paths, and what every answer carries (api.md 2 and 8).
@Suite struct RoutingTests {
    private let api = TestAPI()

    @Test(arguments: ["/", "/v1", "/v1/nothing", "/v1/widgets/1/2/3", "/v1/widgets/%ff", "/openapi.yaml"])
    func unknownPathsAreProblems(path: String) async throws {
        try await api.run { client in
            try await client.execute(uri: path, method: .get, headers: api.headers()) { try expectProblem($0, .notFound) }
        }
    }

    @Test(arguments: [HTTPRequest.Method.put, .delete, .trace, .connect, .query])
    func otherMethodsAreRefusedWithTheAllowedOnes(method: HTTPRequest.Method) async throws {
        try await api.run { client in
            try await client.execute(uri: "/v1/widgets", method: method, headers: api.headers()) { response in
                try expectProblem(response, .methodNotAllowed)
                #expect(response.headers[.allow] == "GET, HEAD, POST, OPTIONS")
            }
        }
    }

    @Test func optionsTellsMethodsAndNoOrigins() async throws {
        try await api.run { client in
            let headers: HTTPFields = [.origin: "https://evil.example", .accessControlRequestMethod: "POST"]
            try await client.execute(uri: "/v1/widgets/x", method: .options, headers: headers) { response in
                #expect(response.status == .noContent)
                #expect(response.headers[.allow] == "GET, HEAD, PATCH, OPTIONS")
                #expect(!response.headers.contains { $0.name.canonicalName.hasPrefix("access-control") })
            }
        }
    }

    @Test func headIsGetWithoutTheBody() async throws {
        try await api.run { client in
            let path = "/v1/widgets/\(WidgetEndpoints.known.id)"
            let get = try await client.execute(uri: path, method: .get, headers: api.headers())
            let head = try await client.execute(uri: path, method: .head, headers: api.headers())
            #expect(head.status == .ok)
            #expect(head.body.readableBytes == 0)
            #expect(head.headers[.contentLength] == get.headers[.contentLength])
            #expect(head.headers[.eTag] == get.headers[.eTag])
        }
    }

    @Test func everyAnswerIsNamedAndHardened() async throws {
        let requestID = try #require(HTTPField.Name("Request-Id"))
        let given = try #require(HTTPField.Name("X-Request-Id"))
        let echoed = try #require(HTTPField.Name("X-Client-Request-Id"))
        try await api.run { client in
            var seen: Set<String> = []
            for path in ["/v1/widgets", "/nothing", "/openapi.json"] {
                try await client.execute(uri: path, method: .get, headers: api.headers([given: "my-id_1.2"])) { response in
                    #expect(seen.insert(response.headers[requestID] ?? "").inserted)
                    #expect(response.headers[requestID] != "my-id_1.2")
                    #expect(response.headers[echoed] == "my-id_1.2")
                    #expect(response.headers[.cacheControl] == "no-store")
                    #expect(response.headers[.xContentTypeOptions] == "nosniff")
                    #expect(response.headers[.strictTransportSecurity]?.hasPrefix("max-age=63072000") == true)
                    #expect(response.headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'")
                }
            }
            for bad in ["a b", String(repeating: "a", count: 129), "é"] {
                try await client.execute(uri: "/nothing", method: .get, headers: [given: bad]) { #expect($0.headers[echoed] == nil) }
            }
        }
    }

    @Test func unexpectedErrorsTellNothing() async throws {
        try await api.run { client in
            try await client.execute(uri: "/v1/fail", method: .post, headers: api.headers()) { response in
                try expectProblem(response, .internalError)
                #expect(!response.text.contains("row data") && !response.text.contains("Defect"))
            }
        }
    }

    @Test func aBodyWhereNoneIsTakenMustBeEmpty() async throws {
        try await api.run { client in
            let path = "/v1/widgets/\(WidgetEndpoints.known.id)/press"
            for body in [nil, ByteBuffer(), ByteBuffer(string: "{}")] {
                try await client.execute(uri: path, method: .post, headers: api.headers(), body: body) { #expect($0.status == .noContent) }
            }
            try await client.execute(uri: path, method: .post, headers: api.headers(), body: ByteBuffer(string: #"{"x":1}"#)) { response in
                let places = try expectProblem(response, .validationFailed)
                #expect(places == ["/x unknown-field"])
            }
        }
    }
}
