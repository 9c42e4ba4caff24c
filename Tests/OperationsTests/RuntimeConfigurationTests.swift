import Configuration
import Postgres
import Testing
import UseCases

@testable import Deployment
@testable import Runtime

@Suite("Configuration")
struct RuntimeConfigurationTests {
    @Test("flags win over the environment, the environment over the file, the file over the defaults")
    func precedence() throws {
        let file = try TemporaryDirectory()
        let path = try file.write("docket.json", #"{"api": {"port": 1, "host": "10.0.0.1"}, "log": {"level": "debug"}, "admin": {"port": 2}}"#)
        let reader = try ConfigurationLoader.load(
            flags: ["api.port": "3"],
            environment: ["DOCKET_API_PORT": "4", "DOCKET_API_HOST": "10.0.0.2", "DOCKET_CONFIG": path, "HOME": "/"]
        )
        #expect(reader.int(forKey: "api.port") == 3)
        #expect(reader.string(forKey: "api.host") == "10.0.0.2")
        #expect(reader.string(forKey: "log.level") == "debug")
        #expect(reader.int(forKey: "admin.port") == 2)
        #expect(reader.int(forKey: "smtp.port") == 587)
        #expect(reader.string(forKey: "database.url") == nil)
    }

    @Test(
        "what is wrong is refused with its name",
        arguments: [
            (["DOCKET_API_PROT": "80"], ConfigurationError.unknownKey(source: "environment", name: "DOCKET_API_PROT")),
            (
                ["DOCKET_API_PORT": "65536"],
                .badValue(source: "environment", name: "api.port", value: "65536", expected: "a whole number from 0 to 65535")
            ),
            (["DOCKET_API_HOST": ""], .badValue(source: "environment", name: "api.host", value: "", expected: "a text that is not empty")),
            (
                ["DOCKET_SMTP_SECURITY": "ssl"],
                .badValue(source: "environment", name: "smtp.security", value: "ssl", expected: "one of starttls, tls, none")
            ),
            (["DOCKET_CONFIG": "/nonexistent/docket.json"], .unreadableFile(path: "/nonexistent/docket.json", reason: "no such file")),
        ]
    )
    func mistakes(environment: [String: String], expected: ConfigurationError) {
        #expect(throws: expected) { try ConfigurationLoader.load(environment: environment) }
    }

    @Test(
        "the file's unknown keys and wrong shapes are refused",
        arguments: ["{\"api\": {\"prot\": 1}}", "[]", "{\"api\": [1]}", "{", "5", "{\"log\": \"info\"}"]
    )
    func badFiles(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("docket.json", text)
        #expect(throws: ConfigurationError.self) { try ConfigurationLoader.load(environment: [:], file: path) }
    }

    @Test(
        "the pool is as large as the setting says, else as the URL says, and keeps no more connections without work",
        arguments: [
            (nil, "", 8, 1), (nil, "?pool_max=20&pool_min=10", 20, 10), ("12", "?pool_max=20", 12, 1), ("4", "?pool_max=20&pool_min=10", 4, 4),
        ] as [(String?, String, Int, Int)]
    )
    func pool(setting: String?, options: String, maximum: Int, minimum: Int) throws {
        var environment = ["DOCKET_DATABASE_URL": "postgres://docket_api@127.0.0.1/docket" + options]
        environment["DOCKET_DATABASE_CONNECTIONS"] = setting
        let configuration = try ProcessConfiguration(ConfigurationLoader.load(environment: environment))
        #expect(configuration.database?.pool.maximumConnections == maximum)
        #expect(configuration.database?.pool.minimumConnections == minimum)
        #expect(configuration.connections == setting.flatMap { Int($0) })
    }

    @Test("An API that answers for longer while it stops may take longer to stop; the engines do not answer")
    func drain() throws {
        let configuration = try ProcessConfiguration(ConfigurationLoader.load(environment: ["DOCKET_DRAIN_SECONDS": "60"]))
        #expect(ServerProcess.api.longestShutdown(configuration) == .seconds(90))
        #expect(ServerProcess.scheduler.longestShutdown(configuration) == .seconds(30))
    }

    @Test(
        "half an account at the mail server is refused",
        arguments: [
            (["DOCKET_SMTP_USERNAME": "docket"], "DOCKET_SMTP_USERNAME needs DOCKET_SMTP_PASSWORD"),
            (["DOCKET_SMTP_PASSWORD": "secret"], "DOCKET_SMTP_PASSWORD needs DOCKET_SMTP_USERNAME"),
            (
                ["DOCKET_SMTP_PASSWORD": "secret", "DOCKET_SMTP_USERNAME": "docket", "DOCKET_SMTP_SECURITY": "none"],
                "DOCKET_SMTP_SECURITY=none does not go with an account: a password is sent over TLS only"
            ),
        ]
    )
    func halfAnAccount(half: [String: String], reason: String) throws {
        var environment = ["DOCKET_SMTP_HOST": "mail.example.com", "DOCKET_SMTP_FROM": "desk@example.com"]
        #expect(try ProcessConfiguration(ConfigurationLoader.load(environment: environment)).mail != nil)
        environment.merge(half) { $1 }
        #expect(throws: ConfigurationProblem(reason)) { try ProcessConfiguration(ConfigurationLoader.load(environment: environment)) }
    }

    @Test(
        "settings of a mail server without the server are refused: mail would wait, and nobody would know",
        arguments: [
            ["DOCKET_SMTP_FROM": "desk@example.com"], ["DOCKET_SMTP_USERNAME": "docket"], ["DOCKET_SMTP_PASSWORD": "secret"],
            ["DOCKET_SMTP_HELLO_NAME": "mail.example.org"],
        ]
    )
    func noMailServer(setting: [String: String]) throws {
        #expect(throws: ConfigurationProblem("\(setting.keys.first ?? "") needs DOCKET_SMTP_HOST")) {
            try ProcessConfiguration(ConfigurationLoader.load(environment: setting))
        }
        #expect(try ProcessConfiguration(ConfigurationLoader.load(environment: ["DOCKET_SMTP_PORT": "25"])).mail == nil)
    }

    @Test(
        "what nobody can listen on is refused with its name",
        arguments: ["DOCKET_API_HOST", "DOCKET_ADMIN_HOST"],
        [
            "not a host", "256.1.1.1", "1.2.3.4.5", "[::1]", "::1%", "fe80::g", "http://localhost", "desk.example.org:80", "-desk", ".",
            "desk..example",
        ]
    )
    func impossibleHosts(variable: String, host: String) {
        #expect(throws: ConfigurationProblem("\(variable) must be an address or a host name, not \"\(host)\"")) {
            try ProcessConfiguration(ConfigurationLoader.load(environment: [variable: host]))
        }
    }

    @Test(
        "addresses and whatever may be a name are taken",
        arguments: ["127.0.0.1", "0.0.0.0", "127.1", "::", "::1", "fe80::1%eth0", "localhost", "desk.example.org", "docket_api", "box-1"]
    )
    func possibleHosts(host: String) throws {
        #expect(try ProcessConfiguration(ConfigurationLoader.load(environment: ["DOCKET_API_HOST": host])).apiHost == host)
    }

    @Test(
        "a name that the file has twice is refused, however it is written",
        arguments: [
            (#"{"api": {"port": 1, "host": "a", "port": 2}}"#, "api.port"), (#"{"api": {"port": 1}, "log": {}, "api": {"host": "a"}}"#, "api"),
            (#"{"api": {"port": 1, "\u0070ort": 2}}"#, "api.port"), (#"{"api.port": 1, "api": {"port": 2}}"#, "api.port"),
            (#"{"log": {"level": "a\",\"level"}, "api": {"host": "}", "host": "{"}}"#, "api.host"),
        ]
    )
    func repeatedNames(text: String, name: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("docket.json", text)
        #expect(throws: ConfigurationError.repeatedName(path: path, name: name)) { try ConfigurationLoader.load(environment: [:], file: path) }
    }

    @Test("the same name in several objects, and a text that looks like one, are no repetition")
    func sameNames() throws {
        let text = #"{"api": {"port": 1, "host": "\"host\": {\"host\":"}, "admin": {"port": 2, "host": "host"}}"#
        #expect(RepeatedName.first(in: text) == nil)
        #expect(RepeatedName.first(in: #"[{"a": 1}, {"a": 2, "b": ["a", "a"]}]"#) == nil)
    }

    @Test(
        "what the courier calls itself: the setting, else the machine's name where others can know it, else nothing",
        arguments: [
            ("mail.example.org", "box", "mail.example.org"), ("mail", "box.example.com", "mail"), (nil, "box.example.com", "box.example.com"),
            (nil, "box", nil), (nil, "box_1.example.com", nil), (nil, "10.1.2.3", nil), (nil, "localhost.localdomain", nil),
            (nil, nil, nil),
        ] as [(String?, String?, String?)]
    )
    func helloName(setting: String?, machine: String?, expected: String?) throws {
        var environment = ["DOCKET_SMTP_HOST": "mail.example.com", "DOCKET_SMTP_FROM": "desk@example.com"]
        environment["DOCKET_SMTP_HELLO_NAME"] = setting
        #expect(try MailConfiguration.helloName(ConfigurationLoader.load(environment: environment), machineName: machine) == expected)
        environment["DOCKET_SMTP_HELLO_NAME"] = "my mail"
        #expect(throws: ConfigurationProblem("DOCKET_SMTP_HELLO_NAME must be a host name")) {
            try MailConfiguration(ConfigurationLoader.load(environment: environment), machineName: machine)
        }
    }

    @Test("master keys: one, and those that it replaced; no message tells one")
    func masterKeys() throws {
        func keys(_ environment: [String: String]) throws -> MasterKeyRing? {
            try ProcessConfiguration(ConfigurationLoader.load(environment: environment)).masterKeys
        }
        let (one, two) = (String(repeating: "0a", count: 32), String(repeating: "0b", count: 32))
        #expect(try keys([:]) == nil)
        #expect(try keys(["DOCKET_MASTER_KEY": one])?.earlier.count == 0)
        #expect(try keys(["DOCKET_MASTER_KEY": one, "DOCKET_EARLIER_MASTER_KEYS": "\(two),\(one)"])?.earlier.count == 2)
        let many = [String](repeating: two, count: MasterKeyRing.maximumEarlier + 1).joined(separator: ",")
        for environment in [
            ["DOCKET_MASTER_KEY": String(repeating: "+f", count: 32)], ["DOCKET_MASTER_KEY": String(repeating: "-0", count: 32)],
            ["DOCKET_EARLIER_MASTER_KEYS": one], ["DOCKET_MASTER_KEY": "0a"], ["DOCKET_MASTER_KEY": one, "DOCKET_EARLIER_MASTER_KEYS": "\(two),"],
            ["DOCKET_MASTER_KEY": one, "DOCKET_EARLIER_MASTER_KEYS": "\(two)0"], ["DOCKET_MASTER_KEY": one, "DOCKET_EARLIER_MASTER_KEYS": many],
        ] {
            let problem = #expect(throws: ConfigurationProblem.self) { try keys(environment) }
            #expect(problem?.description.contains("0a0a") == false && problem?.description.contains("0b0b") == false)
        }
    }

    @Test("a secret may be a file's path, and never shows up in a message or a description")
    func secrets() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("url", "postgres://u:hush@127.0.0.1/d\n")
        let reader = try ConfigurationLoader.load(environment: ["DOCKET_DATABASE_URL_FILE": path])
        #expect(reader.string(forKey: "database.url", isSecret: true) == "postgres://u:hush@127.0.0.1/d")
        #expect(!"\(reader)".contains("hush"))
        for end in ["\r\n", ""] {
            let other = try ConfigurationLoader.load(environment: [
                "DOCKET_DATABASE_URL_FILE": try directory.write("other", "postgres://u:hush@127.0.0.1/d" + end)
            ])
            #expect(other.string(forKey: "database.url", isSecret: true) == "postgres://u:hush@127.0.0.1/d")
        }
        #expect(throws: ConfigurationError.givenTwice(source: "environment", name: "DOCKET_DATABASE_URL")) {
            try ConfigurationLoader.load(environment: ["DOCKET_DATABASE_URL_FILE": path, "DOCKET_DATABASE_URL": "x"])
        }
        #expect(throws: ConfigurationError.unknownKey(source: "environment", name: "DOCKET_API_HOST_FILE")) {
            try ConfigurationLoader.load(environment: ["DOCKET_API_HOST_FILE": path])
        }
    }

    @Test("the catalogue's names are unique and its defaults fit their kinds")
    func catalogue() throws {
        let names = ConfigurationCatalogue.keys.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(ConfigurationCatalogue.keys.map(\.environmentName)).count == names.count)
        _ = try ConfigurationLoader.load(environment: ["DOCKET_TEST_DATABASE_URL": "belongs to the tests"])
    }

    @Test(
        "callers wait for the API's statements, nobody for the engines'",
        arguments: [(ServerProcess.api, 5), (.dispatcher, 30), (.scheduler, 30), (.courier, 30)]
    )
    func statementTimeouts(process: ServerProcess, seconds: Int) throws {
        let configuration = process.connecting(try PostgresConfiguration(url: "postgres://docket@127.0.0.1/docket"))
        #expect(configuration.timeouts.statement == .seconds(seconds))
        #expect(configuration.applicationName == "docket-\(process.rawValue)")
    }
}
