import Testing

@testable import HTTPAPI

@Suite struct JSONParserTests {
    @Test(arguments: [
        ("", JSONError.Reason.empty), (" \n", .empty), ("{", .unexpectedEnd), ("{\"a\"", .unexpectedEnd), ("{\"a\":", .unexpectedEnd),
        ("{\"a\":1,}", .unexpectedByte), ("[1,]", .unexpectedByte), ("[1 2]", .unexpectedByte), ("{a:1}", .unexpectedByte),
        ("{'a':1}", .unexpectedByte), ("{} {}", .trailingBytes), ("nul", .unexpectedEnd), ("nulx", .unexpectedByte), ("NaN", .unexpectedByte),
        ("+1", .unexpectedByte), ("01", .invalidNumber), ("-", .invalidNumber), ("1.", .invalidNumber), (".5", .unexpectedByte),
        ("1e", .invalidNumber), ("1e+", .invalidNumber), ("\"\\x\"", .invalidEscape), ("\"\\u12g4\"", .invalidEscape), ("\"\\u12", .invalidEscape),
        ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate), ("\"\\ud800\\u0041\"", .loneSurrogate), ("\"a\nb\"", .controlCharacter),
        ("\"abc", .unexpectedEnd), ("\"abc\\", .unexpectedEnd), ("{\"a\":1,\"a\":2}", .duplicateKey), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey),
        ("// x\n{}", .unexpectedByte), ("\u{FEFF}{}", .unexpectedByte),
    ])
    func refuses(text: String, reason: JSONError.Reason) {
        #expect { try JSONDocument(Array(text.utf8)) } throws: { ($0 as? JSONError)?.reason == reason }
    }

    @Test func refusesBytesThatAreNotUTF8() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82]] {
            #expect { try JSONDocument(bytes) } throws: { ($0 as? JSONError)?.reason == .notUTF8 }
        }
    }

    @Test func boundsDepthAtSixtyFour() throws {
        let deep = { (depth: Int) in Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8) }
        _ = try JSONDocument(deep(64))
        #expect { try JSONDocument(deep(65)) } throws: { ($0 as? JSONError)?.reason == .tooDeep }
        #expect { try JSONDocument(Array(String(repeating: "{\"a\":", count: 500_000).utf8)) } throws: { ($0 as? JSONError)?.reason == .tooDeep }
    }

    @Test func boundsTheNumberOfValues() {
        let text = "[" + String(repeating: "0,", count: 70_000) + "0]"
        #expect { try JSONDocument(Array(text.utf8)) } throws: { ($0 as? JSONError)?.reason == .tooManyValues }
    }

    @Test func findsDuplicatesAmongManyNamesAndDeepDown() {
        let many = "{" + (0..<500).map { "\"k\($0)\":0" }.joined(separator: ",") + ",\"k7\":1}"
        #expect { try JSONDocument(Array(many.utf8)) } throws: { ($0 as? JSONError)?.pointer == "/k7" }
        let deep = #"{"a":[0,{"b/c":{"x":1,"y":2,"x":3}}]}"#
        #expect { try JSONDocument(Array(deep.utf8)) } throws: { ($0 as? JSONError)?.pointer == "/a/1/b~1c/x" }
    }

    @Test func decodesStrings() throws {
        let texts = [#""\"\\\/\b\f\n\r\t""#: "\"\\/\u{8}\u{C}\n\r\t", #""\u00e9\ud83d\ude00""#: "é😀", "\"grün\"": "grün", #""\u0000""#: "\0"]
        for (json, expected) in texts {
            #expect(try JSONDocument(Array(json.utf8)).root.string == expected)
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("12", 12), ("-3", -3), ("1.0", 1), ("1.50e1", 15), ("5e2", 500), ("100e-2", 1), ("9223372036854775807", Int64.max),
            ("-9223372036854775808", .min), ("9007199254740993", 9_007_199_254_740_993), ("0e99999", nil), ("0.000", 0), ("1.5", nil), ("1e-1", nil),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1e19", nil), ("1e400", nil), ("1e99999999999999999999", nil),
            ("1e-9223372036854775808", nil), ("1e9223372036854775807", nil), ("1e-9223372036854775809", nil), ("0e-9223372036854775808", nil),
        ] as [(String, Int64?)]
    )
    func readsIntegersExactly(text: String, expected: Int64?) throws {
        #expect(try JSONDocument(Array(text.utf8)).root.int64 == expected)
    }

    @Test func pointsToEveryValue() throws {
        let document = try JSONDocument(Array(#"{"a":[1,{"b~":null}],"c/d":"x"}"#.utf8))
        let members = try #require(document.root.members)
        #expect(members[0].value.elements?[1].members?[0].value.pointer == "/a/1/b~0")
        #expect(members[1].value.pointer == "/c~1d")
        #expect(document.root.pointer == "")
    }

    /// Whatever the parser takes, the writer's text of it parses to the same again; whatever it refuses, it refuses without a trap.
    @Test func survivesMutations() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SplitMix(state: seed)
        let valid = Array(#"{"name":"wid\u0067et é","size":-12.50e+2,"tags":["a","b",{"x":[[],{}]}],"ok":true,"no":null}"#.utf8)
        var accepted = 0
        for _ in 0..<20_000 {
            let bytes = generator.mutate(valid)
            guard let document = try? JSONDocument(bytes) else { continue }
            accepted += 1
            var writer = JSONWriter()
            rewrite(document.root, to: &writer)
            #expect(throws: Never.self, "seed \(seed)") { try JSONDocument(writer.bytes) }
        }
        #expect(accepted > 100, "seed \(seed)")
    }

    private func rewrite(_ value: JSONValue, to writer: inout JSONWriter) {
        if let text = value.string {
            writer.string(text)
        } else if let members = value.members {
            writer.object { writer in
                for member in members {
                    writer.name(member.name)
                    rewrite(member.value, to: &writer)
                }
            }
        } else if let elements = value.elements {
            writer.array { writer in elements.forEach { rewrite($0, to: &writer) } }
        } else {
            writer.raw(value.rawBytes)
        }
    }
}
