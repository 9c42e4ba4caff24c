import Deployment
import FoundationEssentials
public import Logging
public import Postgres

#if canImport(Glibc)
    import Glibc
#endif

/// The PostgreSQL server that tests run against: `scripts/test` starts a private one and names it in `DOCKET_TEST_DATABASE_URL`.
public enum TestServer {
    /// Why there is no server to test against.
    public struct Missing: Error, CustomStringConvertible {
        public let description: String
    }

    /// A superuser's way to the server; must be on this machine, because tests create and drop databases.
    public static func superuser(database: String = "postgres") throws -> PostgresConfiguration {
        guard let value = getenv("DOCKET_TEST_DATABASE_URL") else {
            throw Missing(description: "DOCKET_TEST_DATABASE_URL is not set; run the tests with scripts/test")
        }
        var configuration = try PostgresConfiguration(url: String(cString: value))
        guard configuration.hosts.allSatisfy({ ["127.0.0.1", "localhost", "::1"].contains($0.name) || $0.name.hasPrefix("/") }) else {
            throw Missing(description: "tests only run against a server on this machine")
        }
        configuration.database = database
        configuration.applicationName = "docket-test"
        return configuration
    }

    /// The superuser's way to a database of the server, for what is configured by a URL.
    public static func url(database: String) throws -> String {
        guard let value = getenv("DOCKET_TEST_DATABASE_URL"), var components = URLComponents(string: String(cString: value)) else {
            throw Missing(description: "DOCKET_TEST_DATABASE_URL is not set, or is no URL; run the tests with scripts/test")
        }
        components.path = "/" + database
        return components.string ?? ""
    }

    /// A login role's way to a database of the server.
    public static func role(_ role: String, database: String) throws -> PostgresConfiguration {
        var configuration = try superuser(database: database)
        configuration.user = role
        configuration.password = nil
        return configuration
    }

    /// Test output belongs to the tests: only what is wrong is logged.
    public static let logger: Logger = {
        var logger = Logger(label: "docket.test")
        logger.logLevel = .error
        return logger
    }()
}
