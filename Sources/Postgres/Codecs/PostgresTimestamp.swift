/// A `timestamptz`: microseconds since 1970-01-01T00:00:00Z.
///
/// The largest and smallest `Int64` stand for PostgreSQL's `infinity` and `-infinity`.
public struct PostgresTimestamp: Hashable, Sendable {
    public let unixMicroseconds: Int64

    public init(unixMicroseconds: Int64) {
        self.unixMicroseconds = unixMicroseconds
    }
}

extension PostgresTimestamp: PostgresEncodable, PostgresDecodable {
    /// From 1970-01-01 to 2000-01-01, where PostgreSQL starts to count: 946 684 800 s.
    private static let epochDistance: Int64 = 946_684_800_000_000

    public static var postgresType: PostgresType { .timestamptz }

    public func encode(into bytes: inout [UInt8]) {
        let (shifted, overflow) = unixMicroseconds.subtractingReportingOverflow(Self.epochDistance)
        bytes.appendBigEndian(unixMicroseconds == .max ? Int64.max : overflow ? Int64.min : shifted)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        guard bytes.count == 8 else { throw DecodeError("a timestamptz has 8 bytes, not \(bytes.count)") }
        let value = bytes.bigEndian(Int64.self, at: 0)
        if value == .min {
            unixMicroseconds = .min
        } else {
            let (shifted, overflow) = value.addingReportingOverflow(Self.epochDistance)
            unixMicroseconds = overflow ? .max : shifted
        }
    }
}
