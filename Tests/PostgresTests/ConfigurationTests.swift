import Testing

@testable import Postgres

@Suite struct ConfigurationTests {
    @Test func `All parts of a URL are read`() throws {
        let configuration = try PostgresConfiguration(
            url:
                "postgres://us%40er:p%3Aw@one:6000,two,[::1]:7/db?sslmode=require&application_name=a%20b&pool_max=3&statement_timeout=1500&unit_mode=explicit"
        )
        #expect(configuration.user == "us@er")
        #expect(configuration.password == Secret("p:w"))
        #expect(configuration.hosts.map(\.description) == ["one:6000", "two:5432", "::1:7"])
        #expect(configuration.database == "db")
        #expect(configuration.sslMode == .require)
        #expect(configuration.applicationName == "a b")
        #expect(configuration.pool.maximumConnections == 3)
        #expect(configuration.timeouts.statement == .milliseconds(1500))
        #expect(configuration.unitMode == .explicit)
    }

    @Test func `A unix socket is a host of the query`() throws {
        let configuration = try PostgresConfiguration(url: "postgres://me@/db?host=/run/postgresql&port=5433")
        #expect(configuration.hosts == [PostgresHost(name: "/run/postgresql", port: 5433)])
        #expect(configuration.hosts[0].isLocal)
    }

    @Test(arguments: [
        "mysql://a@b/c", "postgres://host/db", "postgres://u@/db", "postgres://u@h:0/db", "postgres://u@h:x/db", "postgres://u@h,/db",
        "postgres://u@h/db?sslmode=maybe", "postgres://u@h/db?nonsense=1", "postgres://u@h/db?pool_max=0", "postgres://u@h/db?pool_max=x",
        "postgres://u@h/db?pool_max=1&pool_max=2", "postgres://u@h/db?pool_min=9&pool_max=8", "postgres://u@h/db?port=1", "postgres://u%4@h/db",
        "postgres://u%+4@h/db",
        "postgres://u@h/db?statement_timeout=-1", "postgres://u@h/db?sslmode", "postgres://u@h/db?host=/x",
    ])
    func `What is wrong is a configuration error`(url: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresConfiguration(url: url) }
        #expect(error?.kind == .configuration)
    }

    @Test func `No error and no print shows a password`() throws {
        let error = #expect(throws: PostgresError.self) { try PostgresConfiguration(url: "postgres://u:hunter2@h/db?bad=1") }
        #expect(error?.description.contains("hunter2") == false)
        var printed = ""
        dump(try PostgresConfiguration(url: "postgres://u:hunter2@h/db"), to: &printed)
        #expect(printed.contains("h") && !printed.contains("hunter2"))
        #expect("\(Secret("hunter2"))" + String(reflecting: Secret("hunter2")) == "<secret><secret>")
    }

    @Test(arguments: [
        ("localhost", SSLMode.disable), ("127.0.0.1", .disable), ("127.8.8.8", .disable), ("::1", .disable), ("/tmp", .disable),
        ("db.example", .verifyFull), ("10.0.0.1", .verifyFull), ("127.example.com", .verifyFull), ("127.0.0.1.evil", .verifyFull),
    ])
    func `Whatever is not local is verified`(name: String, mode: SSLMode) {
        #expect(SSLMode.standard(for: PostgresHost(name: name)) == mode)
    }
}
