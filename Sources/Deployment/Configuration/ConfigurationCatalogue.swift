/// Every configuration key there is. What is not here is an error, wherever it is given.
public enum ConfigurationCatalogue {
    public static let environmentPrefix = "DOCKET_"
    /// Variables of the test suites, which the executables under test inherit.
    static let ignoredEnvironmentPrefix = "DOCKET_TEST_"

    /// In the order of the documentation.
    public static let keys: [ConfigurationKey] = [
        // Where the data is.
        secret("database.url", "connection URL of PostgreSQL; docket dev makes a private server where it is missing"),
        integer("database.connections", 1...500, default: nil, "connections that one process keeps at most; else pool_max of the URL, or 8"),
        text("data.directory", default: ".docket", "where docket dev keeps its private PostgreSQL"),
        text("postgres.programs", default: nil, "directory of the PostgreSQL server programs, for docket dev"),

        text("sql.directory", default: nil, "folder of roles and migrations; found by itself in a checkout or an installed package"),
        secret("master.key", "64 hexadecimal digits: the key under which secrets are kept in the database and cursors are sealed"),
        secret("earlier.master.keys", "up to eight keys that the master key replaced, with commas between them: they only open what they sealed"),

        // The doors. Loopback unless told otherwise.
        text("api.host", default: "127.0.0.1", "address that the API listens on"),
        integer("api.port", 0...65_535, default: 8080, "port of the API; 0 takes any free one"),
        text("api.public.url", default: nil, "address at which callers reach the API, https://desk.example.org; where it listens unless told"),
        text("admin.host", default: "127.0.0.1", "address of health checks and metrics"),
        integer("admin.port", 0...65_535, default: 9090, "port of health checks and metrics; 0 takes any free one"),

        // The engines that docket dev starts.
        integer("dev.dispatchers", 0...64, default: 1, "dispatchers in docket dev"),
        integer("dev.schedulers", 0...64, default: 1, "schedulers in docket dev"),
        integer("dev.couriers", 0...64, default: 1, "couriers in docket dev"),

        integer("drain.seconds", 0...60, default: 5, "how long an API that stops stays reachable, for load balancers; 30 s later it is gone"),

        integer(
            "retention.days",
            1...3_650,
            default: 90,
            "days for which finished re-evaluations, attempts to deliver and deliveries that were given up are kept"
        ),

        // Webhooks.
        choice(
            "egress.loopback",
            ["deny", "allow"],
            default: "deny",
            "whether webhooks may go to this machine and over plain HTTP; for development only"
        ),

        // E-mail.
        text("smtp.host", default: nil, "mail server; without it no e-mail is sent"),
        integer("smtp.port", 1...65_535, default: 587, "port of the mail server"),
        choice("smtp.security", ["starttls", "tls", "none"], default: "starttls", "how the connection to the mail server is secured"),
        text("smtp.username", default: nil, "account at the mail server"),
        secret("smtp.password", "password of the account at the mail server"),
        text("smtp.from", default: nil, "sender's address of outgoing e-mail"),
        text("smtp.hello.name", default: nil, "host name given to the mail server; else the machine's, where it has a dot, or its address"),

        choice(
            "log.level",
            ["trace", "debug", "info", "notice", "warning", "error", "critical"],
            default: "info",
            "least severe log entries that are written"
        ),
    ]

    /// The key of this dotted name.
    static func key(named name: String) -> ConfigurationKey? {
        keys.first { $0.name == name }
    }

    /// The key of this environment variable, and whether the variable names a file that holds the value.
    static func key(ofVariable variable: String) -> (key: ConfigurationKey, fromFile: Bool)? {
        if let key = keys.first(where: { $0.environmentName == variable }) { return (key, false) }
        guard let key = keys.first(where: { $0.isSecret && $0.environmentName + "_FILE" == variable }) else { return nil }
        return (key, true)
    }

    private static func text(_ name: String, default value: String?, _ help: String) -> ConfigurationKey {
        ConfigurationKey(name: name, kind: .text, defaultValue: value, isSecret: false, help: help)
    }

    private static func secret(_ name: String, _ help: String) -> ConfigurationKey {
        ConfigurationKey(name: name, kind: .text, defaultValue: nil, isSecret: true, help: help)
    }

    private static func integer(_ name: String, _ range: ClosedRange<Int>, default value: Int?, _ help: String) -> ConfigurationKey {
        ConfigurationKey(name: name, kind: .integer(range), defaultValue: value.map(String.init), isSecret: false, help: help)
    }

    private static func choice(_ name: String, _ values: [String], default value: String, _ help: String) -> ConfigurationKey {
        ConfigurationKey(name: name, kind: .oneOf(values), defaultValue: value, isSecret: false, help: help)
    }
}
