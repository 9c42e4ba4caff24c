import Crypto

/// One file `NNNN_name.sql`, applied once, in order of its number, in one transaction.
public struct Migration: Hashable, Sendable {
    public let version: Int
    public let name: String
    public let sql: String
    /// SHA-256 of the text, in hexadecimal.
    public let checksum: String

    /// Throws `badFile` for a name that is not four digits, `_`, lower-case letters, digits or `_`, and `.sql`.
    public init(fileName: String, sql: String) throws(MigrationError) {
        let digits = fileName.prefix(4)
        let name = fileName.dropFirst(5).dropLast(4)
        let isNamed = name.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
        }
        guard fileName.hasSuffix(".sql"), fileName.dropFirst(4).first == "_", digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let version = Int(digits), version > 0, !name.isEmpty, isNamed
        else { throw MigrationError(.badFile, "\(fileName) is not named NNNN_name.sql") }
        self.version = version
        self.name = String(name)
        self.sql = sql
        checksum = SHA256.hash(data: Array(sql.utf8)).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
