/// What a PostgreSQL server says of itself.
public struct ServerFacts: Hashable, Sendable {
    /// `server_version_num`: 150018 for 15.18.
    public var version: Int
    public var isInRecovery: Bool
    public var encoding: String
    public var maximumConnections: Int
    public var connections: Int

    public init(version: Int, isInRecovery: Bool, encoding: String, maximumConnections: Int, connections: Int) {
        self.version = version
        self.isInRecovery = isInRecovery
        self.encoding = encoding
        self.maximumConnections = maximumConnections
        self.connections = connections
    }

    private static let oldestMajor = 15
    /// The first minor release of each major one without known faults that touch row security (security.md, facts).
    private static let safeMinors = [15: 19, 16: 15, 17: 11, 18: 6]

    /// The release of the same major version that repairs what is known to be wrong with this one; nil where nothing is (security.md: warned of at each start).
    ///
    /// - Parameter version: `server_version_num`.
    public static func repairingRelease(of version: Int) -> String? {
        let major = version / 10_000
        return safeMinors[major].flatMap { version % 10_000 < $0 ? "\(major).\($0)" : nil }
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        let (major, minor) = (version / 10_000, version % 10_000)
        if major < Self.oldestMajor {
            judgement.complain(.problem, "PostgreSQL \(major).\(minor) is older than \(Self.oldestMajor).", "Upgrade PostgreSQL.")
        } else if let safe = Self.repairingRelease(of: version) {
            judgement.complain(
                .warning,
                "PostgreSQL \(major).\(minor) has known faults that \(safe) repairs.",
                "Update PostgreSQL to \(safe) or newer."
            )
        }
        if isInRecovery {
            judgement.complain(.problem, "The server is a standby and takes no writes.", "Name the primary, or all hosts, in the database URL.")
        }
        if encoding != "UTF8" {
            judgement.complain(.problem, "The database's encoding is \(encoding).", "Make the database anew with ENCODING UTF8 and restore into it.")
        }
        if connections * 10 > maximumConnections * 9 {
            judgement.complain(
                .warning,
                "\(connections) of \(maximumConnections) connections are in use.",
                "Raise max_connections, or lower DOCKET_DATABASE_CONNECTIONS."
            )
        }
        return judgement.finding(
            .server,
            fine: "PostgreSQL \(major).\(minor) takes writes.",
            numbers: [
                DoctorNumber("version", version), DoctorNumber("connections", connections), DoctorNumber("maximum_connections", maximumConnections),
            ]
        )
    }
}
