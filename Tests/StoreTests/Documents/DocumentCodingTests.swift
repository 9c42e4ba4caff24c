import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// Documents are written and read by the module's own coders: what they do must be what the general ones do.
@Suite struct DocumentCodingTests {
    private struct Sample: Codable, Hashable {
        var text = "plain"
        var number = -12
        var large = Int64.max
        var fraction = 0.1
        var isTrue = true
        var missing: Int?
        var list: [Int?] = [1, nil, 3]
        var nested: [[String]] = [[], ["a", "b"]]
        var byName: [String: [Bool]] = ["x": [true, false], "ä\"\\": []]
        var inner = Inner()

        struct Inner: Codable, Hashable {
            var values: [Double] = [0, -1.5, 1e300, Double.leastNonzeroMagnitude]
        }
    }

    private struct Empty: Codable, Hashable {}

    @Test("What one coder writes the other reads, both ways")
    func agreesWithFoundation() throws {
        var sample = Sample()
        for text in ["", "plain", "quote \" back \\ slash /", "line\nbreak\ttab\u{0}\u{1F}", "ünïcödé 日本 👩‍👩‍👧 \u{2028}"] {
            sample.text = text
            let ours = try DocumentEncoder.encode(sample)
            #expect(try JSONDecoder().decode(Sample.self, from: Data(ours)) == sample)
            #expect(try DocumentDecoder.decode(Sample.self, from: ours) == sample)
            #expect(try DocumentDecoder.decode(Sample.self, from: Array(try JSONEncoder().encode(sample))) == sample)
        }
        #expect(try DocumentEncoder.encode(Empty()) == Array("{}".utf8))
        #expect(try DocumentDecoder.decode(Empty.self, from: Array(" {\"unknown\" : [ 1 , { } ] } ".utf8)) == Empty())
        #expect(try DocumentEncoder.encode("top") == Array("\"top\"".utf8))
    }

    @Test(
        "Escapes as any writer may use them",
        arguments: [
            (#""\u0041\u00e4""#, "Aä"), (#""\ud83d\ude00x""#, "😀x"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""a\u0000b""#, "a\u{0}b"),
        ]
    )
    func escapes(json: String, text: String) throws {
        #expect(try DocumentDecoder.decode(String.self, from: Array(json.utf8)) == text)
    }

    @Test(
        "What is not JSON, or another type, is refused",
        arguments: [
            "", "{", "[1", "[1 2]", "{\"a\"}", "{\"a\":}", "\"open", "[1]x", "\"\\", "tru", "nul", "1", "null", "\"text\"", "[1.5]", "[\"1\"]",
            "[9223372036854775808]", "[null]",
            String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
        ]
    )
    func refuses(json: String) {
        #expect(throws: (any Error).self) { try DocumentDecoder.decode([Int].self, from: Array(json.utf8)) }
    }

    @Test("Numbers that JSON does not have are refused", arguments: [Double.nan, .infinity, -.infinity])
    func refusesNumbers(value: Double) {
        #expect(throws: EncodingError.self) { try DocumentEncoder.encode([value]) }
    }

    private struct Write: Statement {
        typealias Row = NoRow
        static var sql: String { "SELECT $1::jsonb, $2::jsonb[]" }
        let documents: [JSONB]

        func bind(into binder: inout Binder) {
            binder.append(DocumentCoding.encode([1.5]))
            binder.append(documents)
        }
    }

    /// There is no server: what is refused by anything else fails in another way.
    @Test("A document that cannot be written refuses the whole unit, and nothing is sent in its place")
    func refusesUnit() async throws {
        let client = PostgresClient(configuration: PostgresConfiguration(hosts: [], user: "nobody", database: "none"), logger: TestServer.logger)
        var unit = PostgresUnit()
        unit.add(Write(documents: [DocumentCoding.encode([1]), DocumentCoding.encode([Double.nan])]))
        let error = await #expect(throws: PostgresError.self) { try await client.run(unit) }
        #expect(error?.kind == .encoding && error?.statementName == "Write")
    }

    @Test(
        "Own fields are read as they were written, by older versions too",
        arguments: [
            ("3", CustomFieldValue.integer(3)), ("12.0", .integer(12)), ("9007199254740993", .integer(9_007_199_254_740_993)),
            ("-9223372036854775808", .integer(.min)), ("12.5", .number(12.5)), ("10000000000000000000", .number(1e19)), ("true", .flag(true)),
            (#""3""#, .text("3")),
        ]
    )
    func ownFields(text: String, value: CustomFieldValue) throws {
        let json = JSONB(bytes: Array(#"{"a":\#(text)}"#.utf8))
        #expect(try DocumentCoding.decode([String: CustomFieldValue].self, from: json) == ["a": value])
        #expect(try DocumentCoding.decode([String: CustomFieldValue].self, from: DocumentCoding.encode(["a": value])) == ["a": value])
    }
}
