extension EmbeddedPostgres {
    /// How to make and run a private server.
    public struct Configuration: Sendable {
        /// Where everything is kept; made when missing.
        public var directory: String
        /// Where the server's programs are; nil to look in the usual places.
        public var programs: String?
        /// Server settings beside, or in place of, the built-in ones.
        public var settings: [String: String]
        /// How long to wait for another process that holds the directory, such as a predecessor that is still stopping.
        public var lockTimeout: Duration
        /// How long a start may take, crash recovery included.
        public var startTimeout: Duration
        /// How long each of fast and immediate shutdown may take before the next harder way.
        public var stopTimeout: Duration

        public init(
            directory: String = ".docket",
            programs: String? = nil,
            settings: [String: String] = [:],
            lockTimeout: Duration = .seconds(5),
            startTimeout: Duration = .seconds(60),
            stopTimeout: Duration = .seconds(10)
        ) {
            self.directory = directory
            self.programs = programs
            self.settings = settings
            self.lockTimeout = lockTimeout
            self.startTimeout = startTimeout
            self.stopTimeout = stopTimeout
        }
    }

    /// How to reach the server. Holds a password: never log it.
    public struct Address: Sendable, Hashable {
        public let host = "127.0.0.1"
        public let port: Int
        public let user = "postgres"
        public let password: String

        /// A connection URL of one of the server's databases.
        public func url(database: String = "postgres") -> String {
            "postgres://\(user):\(password)@\(host):\(port)/\(database)"
        }
    }

    /// Durable as a production server is; listening on loopback only.
    func settings(port: Int) -> [String: String] {
        let builtIn = [
            "listen_addresses": "127.0.0.1",
            "port": String(port),
            "unix_socket_directories": "",
            "cluster_name": directory.clusterName,
            "max_connections": "200",
            "synchronous_commit": "on",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_messages": "warning",
            // Statements of failed commands carry row data: keep them out of the log.
            "log_min_error_statement": "panic",
        ]
        return builtIn.merging(configuration.settings) { _, asked in asked }
    }
}
