/// Why the schema cannot be migrated, or is not what this release needs.
public struct MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The list of files itself is wrong: a name, a duplicate, something unreadable.
        case badFile
        /// An applied file has another content or name now.
        case changed
        /// An applied file is not in the list, though later ones are.
        case missing
        /// The database was migrated by a later release.
        case newer
        /// A file that was not applied is older than one that was.
        case outOfOrder
        /// Files wait to be applied.
        case pending
        /// Somebody else is migrating.
        case locked
        /// The server refused a file, which was rolled back.
        case failed
        /// A file ended its transaction itself; what it committed stays.
        case transactionControl
    }

    public let kind: Kind
    public let description: String
    /// The server's error, for `failed`.
    public let cause: PostgresError?

    init(_ kind: Kind, _ description: String, cause: PostgresError? = nil) {
        self.kind = kind
        self.description = description
        self.cause = cause
    }
}
