import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// api.md 4, and PATCH by RFC 7396.
@Suite struct ConditionalRequestTests {
    private let api = TestAPI()
    private let path = "/v1/widgets/\(WidgetEndpoints.known.id)"
    private let tag = WidgetEndpoints.known.entityTag.description

    private func patch(_ client: any TestClientProtocol, _ headers: HTTPFields, _ body: String) async throws -> TestResponse {
        let all = api.headers(headers, contentType: "application/merge-patch+json")
        return try await client.execute(uri: path, method: .patch, headers: all, body: ByteBuffer(string: body))
    }

    @Test func getAnswers304WhereTheCallerHasIt() async throws {
        try await api.run { client in
            let cases: [(String, HTTPResponse.Status)] = [
                (tag, .notModified), ("W/" + tag, .notModified), ("*", .notModified), ("\"1-00000000\"", .ok),
            ]
            for (header, status) in cases {
                try await client.execute(uri: path, method: .get, headers: api.headers([.ifNoneMatch: header])) { response in
                    #expect(response.status == status)
                    #expect(response.headers[.eTag] == tag)
                    #expect((response.body.readableBytes == 0) == (status == .notModified))
                }
            }
        }
    }

    @Test func changesNeedTheCurrentTag() async throws {
        try await api.run { client in
            try expectProblem(try await patch(client, [:], "{}"), .preconditionRequired)
            let stale = try await patch(client, [.ifMatch: "\"6-00000000\""], "{}")
            try expectProblem(stale, .preconditionFailed)
            #expect(stale.headers[.eTag] == tag)
            let broken = try await patch(client, [.ifMatch: "7"], "{}")
            #expect(try expectProblem(broken, .malformedRequest) == ["If-Match invalid-format"])
            let fresh = try await patch(client, [.ifMatch: tag], "{}")
            #expect(fresh.status == .ok)
            #expect(fresh.headers[.eTag] != tag)
        }
    }

    @Test func nullClearsAndAbsenceKeeps() async throws {
        try await api.run { client in
            let renamed = try await patch(client, [.ifMatch: tag], #"{"name":"n"}"#)
            #expect(renamed.text.contains(#""name":"n","size":3"#))
            let cleared = try await patch(client, [.ifMatch: tag], #"{"size":null}"#)
            #expect(cleared.text.contains(#""name":"known","size":null"#))
            let resized = try await patch(client, [.ifMatch: tag], #"{"size":9}"#)
            #expect(resized.text.contains(#""size":9"#))
            let nameless = try await patch(client, [.ifMatch: tag], #"{"name":null}"#)
            #expect(try expectProblem(nameless, .validationFailed) == ["/name not-null"])
        }
    }
}
