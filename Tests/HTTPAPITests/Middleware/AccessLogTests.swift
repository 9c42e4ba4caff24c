import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

@testable import HTTPAPI

@Suite struct AccessLogTests {
    /// One line per request, by template; the key, the body and the query are in none of them.
    @Test func oneLinePerRequestWithoutSecrets() async throws {
        let lines = RecordedLog()
        let api = TestAPI(logger: Logger(label: "test") { _ in lines.handler })
        try await api.run { client in
            let body = ByteBuffer(string: #"{"name":"canary-body"}"#)
            _ = try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: body)
            _ = try await client.execute(uri: "/v1/widgets/canary-path?q=canary-query", method: .get, headers: api.headers())
            _ = try await client.execute(uri: "/canary-path", method: .get, headers: api.headers())
            _ = try await client.execute(uri: "/v1/fail", method: .post, headers: api.headers())
        }
        let requests = lines.all.filter { $0.hasPrefix("info request ") || $0.hasPrefix("error request ") }
        #expect(requests.count == 4)
        #expect(requests[0].contains("route=/v1/widgets") && requests[0].contains("status=201") && requests[0].contains("tenant_id="))
        #expect(requests[1].contains("route=/v1/widgets/{widget_id}") && requests[1].contains("problem=not-found"))
        #expect(requests[2].contains("route=unmatched") && requests[2].contains("status=404"))
        #expect(requests[3].hasPrefix("error") && requests[3].contains("problem=internal-error"))
        for line in lines.all {
            #expect(!line.contains("canary") && !line.contains("row data") && !line.contains(api.keys.full.revealed), "\(line)")
        }
    }

    @Test func successesCanBeLeftOut() async throws {
        let lines = RecordedLog()
        let api = TestAPI(APIServerConfiguration(port: 0, logsSuccesses: false), logger: Logger(label: "test") { _ in lines.handler })
        try await api.run { client in
            _ = try await client.execute(uri: "/v1/widgets", method: .get, headers: api.headers())
            _ = try await client.execute(uri: "/nothing", method: .get)
        }
        #expect(lines.all.filter { $0.contains("request ") }.count == 1)
    }
}
