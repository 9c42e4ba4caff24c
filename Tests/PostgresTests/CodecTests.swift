import Testing

@testable import Postgres

/// Binary codecs, against bytes that PostgreSQL documents and against a server.
@Suite struct CodecTests {
    private func bytes<Value: PostgresEncodable>(_ value: Value) -> [UInt8] {
        var bytes: [UInt8] = []
        value.encode(into: &bytes)
        return bytes
    }

    private func decoded<Value: PostgresDecodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(DecodeError) -> Value {
        let result: Result<Value, DecodeError> = bytes.withUnsafeBytes { buffer in
            Result { () throws(DecodeError) in try Value(postgres: buffer) }
        }
        return try result.get()
    }

    @Test func `Known bytes`() {
        #expect(bytes(true) == [1])
        #expect(bytes(Int16(-2)) == [0xFF, 0xFE])
        #expect(bytes(Int32(258)) == [0, 0, 1, 2])
        #expect(bytes(1) == [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(bytes(1.0) == [0x3F, 0xF0, 0, 0, 0, 0, 0, 0])
        #expect(bytes(JSONB(bytes: [0x7B, 0x7D])) == [1, 0x7B, 0x7D])
        #expect(bytes(JSON(bytes: [0x7B, 0x7D])) == [0x7B, 0x7D])
        #expect(bytes(PostgresTimestamp(unixMicroseconds: 946_684_800_000_001)) == [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(bytes(PostgresUUID(high: 1, low: 2)) == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2])
    }

    @Test func `Infinite timestamps keep their meaning`() throws {
        for end in [Int64.min, .max] {
            let value = PostgresTimestamp(unixMicroseconds: end)
            #expect(try decoded(PostgresTimestamp.self, bytes(value)) == value)
        }
    }

    @Test func `Bytes of a wrong length or form are refused`() {
        #expect(throws: DecodeError.self) { try decoded(Bool.self, [2]) }
        #expect(throws: DecodeError.self) { try decoded(Int.self, [1, 2, 3]) }
        #expect(throws: DecodeError.self) { try decoded(Int16.self, [0, 1, 0, 0]) }
        #expect(throws: DecodeError.self) { try decoded(Double.self, []) }
        #expect(throws: DecodeError.self) { try decoded(String.self, [0xFF]) }
        #expect(throws: DecodeError.self) { try decoded(PostgresUUID.self, [0]) }
        #expect(throws: DecodeError.self) { try decoded(PostgresTimestamp.self, [0]) }
        #expect(throws: DecodeError.self) { try decoded(JSONB.self, [2, 0x7B]) }
    }

    @Test func `Arrays that do not add up are refused, whatever their bytes`() throws {
        var binder = Binder()
        binder.append([1, nil, 3])
        let good = binder.arena
        let whole = try good.withUnsafeBytes { try ArrayCodec.decode(Int.self, from: $0) }
        #expect(whole == [1, nil, 3])
        for length in 0..<good.count {
            #expect(throws: DecodeError.self) { try Array(good[..<length]).withUnsafeBytes { try ArrayCodec.decode(Int.self, from: $0) } }
        }
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix(state: seed)
        for _ in 0..<20000 {
            var bad = good
            for _ in 0..<3 { bad[Int.random(in: 0..<bad.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            // Must not trap; whether it is accepted depends on the bytes.
            let elements = bad.withUnsafeBytes { try? ArrayCodec.decode(Int.self, from: $0) }
            #expect(elements == nil || (elements?.count ?? 0) <= 5, "seed \(seed)")
        }
    }

    @Test func `All types survive the server, with NULLs and arrays`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient { (client) async throws in
                var unit = PostgresUnit()
                let handle = unit.add(Echo())
                let row = try #require(try await client.run(unit).first(handle))
                #expect(row == Echo.expected)
            }
        }
    }

    @Test func `NULL, another type and a missing column are errors with the column`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient { (client) async throws in
                var unit = PostgresUnit()
                let handle = unit.add(Misread())
                let result = try await client.run(unit)
                let texts = try #require(try result.first(handle))
                #expect(
                    texts == [
                        "column 0: NULL where a value is required", "column 1: a column of type 25 cannot be read as Int",
                        "column 9: there is no such column",
                    ]
                )
            }
        }
    }
}

/// A small generator whose seed is printed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

struct Misread: Statement {
    static var sql: String { "SELECT NULL::int8, 'x'::text" }

    static func decode(_ row: RowView) throws(DecodeError) -> [String] {
        var texts: [String] = []
        for column in [0, 1, 9] {
            do {
                _ = try row.decode(Int.self, at: column)
            } catch {
                texts.append(error.description)
            }
        }
        return texts
    }
}

/// Sends one of each type and reads it back.
struct Echo: Statement {
    struct Row: Equatable, Sendable {
        var bool = true
        var int2 = Int16.min
        var int4 = Int32.max
        var int8 = Int64.min
        var int = 42
        var float8 = -0.1
        var text = "Grüße, 世界"
        var empty = ""
        var uuid = PostgresUUID(high: 0x0123_4567_89AB_CDEF, low: .max)
        var time = PostgresTimestamp(unixMicroseconds: 1_234_567_890_123_456)
        var json = JSONB(bytes: Array("[1, {\"a\": null}]".utf8))
        var bytes = Bytes([0, 255, 10])
        var null: Int?
        var ints: [Int?] = [1, nil, -1]
        var texts = ["", "a,\"b", "ü"]
        var uuids = [PostgresUUID(high: 1, low: 2)]
        var none: [Bool] = []
        var nullArray: [String]?
    }

    static let expected = Row()

    static var sql: String { "SELECT " + (1...18).map { "$\($0)" }.joined(separator: ", ") }

    func bind(into binder: inout Binder) {
        let row = Self.expected
        binder.append(row.bool)
        binder.append(row.int2)
        binder.append(row.int4)
        binder.append(row.int8)
        binder.append(row.int)
        binder.append(row.float8)
        binder.append(row.text)
        binder.append(row.empty)
        binder.append(row.uuid)
        binder.append(row.time)
        binder.append(row.json)
        binder.append(row.bytes)
        binder.append(row.null)
        binder.append(row.ints)
        binder.append(row.texts)
        binder.append(row.uuids)
        binder.append(row.none)
        binder.append(row.nullArray)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(
            bool: try row.decode(Bool.self, at: 0),
            int2: try row.decode(Int16.self, at: 1),
            int4: try row.decode(Int32.self, at: 2),
            int8: try row.decode(Int64.self, at: 3),
            int: try row.decode(Int.self, at: 4),
            float8: try row.decode(Double.self, at: 5),
            text: try row.decode(String.self, at: 6),
            empty: try row.decode(String.self, at: 7),
            uuid: try row.decode(PostgresUUID.self, at: 8),
            time: try row.decode(PostgresTimestamp.self, at: 9),
            json: try row.decode(JSONB.self, at: 10),
            bytes: try row.decode(Bytes.self, at: 11),
            null: try row.decodeOptional(Int.self, at: 12),
            ints: try row.decode([Int?].self, at: 13),
            texts: try row.decode([String].self, at: 14),
            uuids: try row.decode([PostgresUUID].self, at: 15),
            none: try row.decode([Bool].self, at: 16),
            nullArray: try row.decodeOptional([String].self, at: 17)
        )
    }
}
