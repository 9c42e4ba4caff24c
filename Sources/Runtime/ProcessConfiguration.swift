public import Configuration
public import HTTPAPI
public import Postgres
public import UseCases

/// The configuration of one process, read once at its start (Deployment/Configuration lists the keys).
public struct ProcessConfiguration: Sendable {
    public var database: PostgresConfiguration?
    /// How many connections one process keeps at most; nil leaves what the database's URL says.
    public var connections: Int?
    public var sqlDirectory: String?
    public var masterKeys: MasterKeyRing?
    public var apiHost: String
    public var apiPort: Int
    public var publicURL: PublicURL?
    public var adminHost: String
    public var adminPort: Int
    public var drain: Duration
    public var allowsLoopbackEgress: Bool
    public var mail: MailConfiguration?
    public var logLevel: String
    /// Days for which finished re-evaluations, attempts to deliver and deliveries that were given up are kept.
    public var retentionDays: Int

    /// - Throws: `PostgresError` for a database URL that makes no sense, ``ConfigurationProblem`` for values that do not fit together.
    public init(_ reader: ConfigReader) throws {
        database = try reader.string(forKey: "database.url", isSecret: true).map { try PostgresConfiguration(url: $0) }
        connections = reader.int(forKey: "database.connections")
        if let connections { database?.pool.bound(to: connections) }
        sqlDirectory = reader.string(forKey: "sql.directory")
        masterKeys = try MasterKeyRing(reader)
        apiHost = try Self.host(reader, "api.host", variable: "DOCKET_API_HOST")
        apiPort = reader.int(forKey: "api.port", default: 8080)
        publicURL = try reader.string(forKey: "api.public.url").map { text in
            guard let url = PublicURL(text) else {
                throw ConfigurationProblem("DOCKET_API_PUBLIC_URL is no http or https address without query and fragment")
            }
            return url
        }
        adminHost = try Self.host(reader, "admin.host", variable: "DOCKET_ADMIN_HOST")
        adminPort = reader.int(forKey: "admin.port", default: 9090)
        drain = .seconds(reader.int(forKey: "drain.seconds", default: 5))
        allowsLoopbackEgress = reader.string(forKey: "egress.loopback") == "allow"
        mail = try MailConfiguration(reader)
        logLevel = reader.string(forKey: "log.level", default: "info")
        retentionDays = reader.int(forKey: "retention.days", default: Housekeeping.retentionDays)
    }

    private static func host(_ reader: ConfigReader, _ key: ConfigKey, variable: String) throws -> String {
        let text = reader.string(forKey: key, default: "127.0.0.1")
        guard ListenHost.isPossible(text) else {
            throw ConfigurationProblem("\(variable) must be an address or a host name, not \"\(text.prefix(100))\"")
        }
        return text
    }
}

/// What is wrong with the configuration as a whole, in one sentence.
public struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
