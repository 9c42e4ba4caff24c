public import Domain
public import Postgres

extension ID: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .uuid }

    public func encode(into bytes: inout [UInt8]) {
        PostgresUUID(high: high, low: low).encode(into: &bytes)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        let uuid = try PostgresUUID(postgres: bytes)
        self.init(high: uuid.high, low: uuid.low)
    }
}
