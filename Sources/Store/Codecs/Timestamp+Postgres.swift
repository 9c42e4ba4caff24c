public import Domain
public import Postgres

extension Timestamp: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .timestamptz }

    public func encode(into bytes: inout [UInt8]) {
        PostgresTimestamp(unixMicroseconds: microseconds).encode(into: &bytes)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        self.init(microseconds: try PostgresTimestamp(postgres: bytes).unixMicroseconds)
    }
}
