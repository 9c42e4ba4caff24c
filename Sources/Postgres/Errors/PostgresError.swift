/// Why a unit, a transaction or a connection failed. Holds no row data, no parameter and no secret.
public struct PostgresError: Error, Hashable, Sendable {
    /// What kind of failure it is. More kinds may come.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case server, connectionLost, outcomeUnknown, poolTimeout, poolFull, unavailable, connectFailed
            case encoding, decoding, misuse, protocolViolation, transactionAborted, shutDown, configuration, system
        }

        private let value: Value

        public var description: String { value.rawValue }

        /// The server refused a statement; nothing of the unit happened.
        public static let server = Kind(value: .server)
        /// The connection was lost, and the transaction certainly did not commit: it may be tried again.
        public static let connectionLost = Kind(value: .connectionLost)
        /// The connection was lost when the transaction may have committed: only the data can tell (reliability.md 1, Failover).
        public static let outcomeUnknown = Kind(value: .outcomeUnknown)
        /// No connection became free within the wait time.
        public static let poolTimeout = Kind(value: .poolTimeout)
        /// As many callers wait already as may.
        public static let poolFull = Kind(value: .poolFull)
        /// The database cannot be reached at present; the message holds the last reason.
        public static let unavailable = Kind(value: .unavailable)
        /// One attempt to connect failed.
        public static let connectFailed = Kind(value: .connectFailed)
        /// The parameters cannot be sent.
        public static let encoding = Kind(value: .encoding)
        /// A row is not what its statement's type expects.
        public static let decoding = Kind(value: .decoding)
        /// The client was used against its rules, such as a transaction after its end.
        public static let misuse = Kind(value: .misuse)
        /// The server or libpq answered something that makes no sense here; the connection was closed.
        public static let protocolViolation = Kind(value: .protocolViolation)
        /// A transaction was to be committed, but a statement in it had failed: it was rolled back.
        public static let transactionAborted = Kind(value: .transactionAborted)
        /// The client is shut down.
        public static let shutDown = Kind(value: .shutDown)
        /// A setting is wrong.
        public static let configuration = Kind(value: .configuration)
        /// The operating system refused a thread or a descriptor.
        public static let system = Kind(value: .system)
    }

    public let kind: Kind
    /// The five characters of SQLSTATE, where the server gave one.
    public let sqlState: String?
    /// A sentence without row data (see `ServerMessage`).
    public let message: String
    public let constraint: String?
    public let table: String?
    /// The name of the `Statement` type that failed.
    public let statementName: String?

    public init(
        _ kind: Kind,
        _ message: String,
        sqlState: String? = nil,
        constraint: String? = nil,
        table: String? = nil,
        statementName: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.sqlState = sqlState
        self.constraint = constraint
        self.table = table
        self.statementName = statementName
    }
}
