import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite struct FuzzTests {
    /// 20,000 damaged requests: each gets an answer that is a success or a problem of the caller's, never a trap and never a 500.
    @Test func damagedRequestsGetProblems() async throws {
        let api = TestAPI()
        let seed = UInt64.random(in: 0 ... .max)
        let body = Array(#"{"name":"bolt","size":5,"colour":"red","tags":["a","b"],"maker":{"name":"m"},"custom":{"x":[1.5e3,"\u00e9"]}}"#.utf8)
        // Numbers at the ends of what readers of numbers take.
        let extremes = Array(#"{"name":"bolt","size":1e-9223372036854775808,"custom":{"x":[9223372036854775808,-0e9223372036854775807]}}"#.utf8)
        let query = Array("limit=2&colour=red,green&sort=-size,name&due_at[gte]=2026-11-21T10:00:00Z".utf8)
        let cursor = Array("&cursor=AQID".utf8)
        let header = Array(#""12-0a1b2c3d", W/"3-00000000""#.utf8)
        let statuses = try await api.run { client in
            var generator = SplitMix(state: seed)
            let idempotencyKey = try #require(HTTPField.Name("Idempotency-Key"))
            var statuses: [Int: Int] = [:]
            for round in 0..<20_000 {
                let response: TestResponse
                switch round % 3 {
                case 0:
                    let mutated = ByteBuffer(bytes: generator.mutate(round.isMultiple(of: 2) ? body : extremes))
                    let key = String(decoding: generator.mutate(header).filter { (0x20...0x7E).contains($0) }, as: UTF8.self)
                    let fields: HTTPFields = round.isMultiple(of: 4) ? [idempotencyKey: key] : [:]
                    response = try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(fields), body: mutated)
                case 1:
                    // A target is printable ASCII on the wire.
                    let mutated = generator.mutate(round.isMultiple(of: 2) ? query + cursor : query)
                    let text = String(decoding: mutated.filter { (0x21...0x7E).contains($0) }, as: UTF8.self)
                    response = try await client.execute(uri: "/v1/widgets?" + text, method: .get, headers: api.headers())
                default:
                    let text = String(decoding: generator.mutate(header).filter { (0x20...0x7E).contains($0) }, as: UTF8.self)
                    var fields: HTTPFields = [.ifMatch: text, .accept: "*/*"]
                    // With it nothing is written, so that only some of the requests may have it.
                    if round.isMultiple(of: 4) { fields[.ifNoneMatch] = text }
                    let headers = api.headers(fields, contentType: "application/merge-patch+json")
                    let path = "/v1/widgets/\(WidgetEndpoints.known.id)"
                    response = try await client.execute(uri: path, method: .patch, headers: headers, body: ByteBuffer(string: "{}"))
                }
                statuses[response.status.code, default: 0] += 1
                guard response.status.code >= 400 else { continue }
                #expect(response.status.code < 500, "seed \(seed) round \(round)")
                #expect(SchemaChecker.violations(of: try response.json().root, against: Problem.schema) == [], "seed \(seed) round \(round)")
            }
            return statuses
        }
        // The damage is mild enough that both sides of every check are met.
        for status in [200, 201, 400, 412, 422] {
            #expect(statuses[status, default: 0] > 5, "seed \(seed) \(statuses)")
        }
    }
}
