import Foundation
import Logging
import ServiceLifecycle
import Testing

@testable import Deployment

/// Each test makes a cluster of its own; `initdb` and the first start take about two seconds.
@Suite("Embedded PostgreSQL")
struct RuntimeEmbeddedPostgresTests {
    private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private func prepare(_ directory: TemporaryDirectory, lockTimeout: Duration = .seconds(5)) async throws -> EmbeddedPostgres {
        try await EmbeddedPostgres.prepare(.init(directory: directory.path + "/a/docket", lockTimeout: lockTimeout), logger: logger)
    }

    /// One run of the server: prepare, start, query, stop.
    private func query(_ text: String, in directory: TemporaryDirectory) async throws -> (answer: String, address: EmbeddedPostgres.Address) {
        let server = try await prepare(directory)
        let answer = try await server.withServer { try await QueryProgram(server, $0).query(text) }
        #expect(ClusterProcesses(server.directory).running().isEmpty)
        return (answer, server.address)
    }

    @Test("it starts durable, keeps data, port and password over a restart, and leaves no process behind")
    func lifeCycle() async throws {
        let directory = try TemporaryDirectory()
        let first = try await query("create table t as select current_setting('synchronous_commit') || current_setting('fsync') as a", in: directory)
        let second = try await query("select a from t", in: directory)
        #expect(second.answer == "onon")
        #expect(second.address == first.address)
    }

    @Test("a directory is run by one process at a time")
    func exclusive() async throws {
        let directory = try TemporaryDirectory()
        let holder = try await prepare(directory)
        await #expect(throws: EmbeddedPostgresError.self) { _ = try await prepare(directory, lockTimeout: .milliseconds(50)) }
        #expect(holder.address.port > 0)
    }

    @Test("only the right password opens it, and its files are closed to others")
    func secrecy() async throws {
        let directory = try TemporaryDirectory()
        let server = try await prepare(directory)
        #expect(server.address.password.utf8.count == 64)
        _ = try await server.withServer { address in
            await #expect(throws: QueryProgram.Failure.self) {
                _ = try await QueryProgram(server, address, password: "guess").query("select 1")
            }
        }
        for (path, mode) in [(server.directory.password, 0o600), (server.directory.server, 0o700), (server.directory.data, 0o700)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode, "\(path)")
        }
        #expect(!SystemCalls.exists(server.directory.passwordDraft))
    }

    @Test("kill -9 of the postmaster: it is started again on the same port, committed data is there")
    func postmasterKilled() async throws {
        let directory = try TemporaryDirectory()
        let server = try await prepare(directory)
        let answer = try await server.withServer { address in
            let client = QueryProgram(server, address)
            _ = try await client.query("create table t as select 7 as answer")
            let killed = try #require(try server.postmaster())
            #expect(kill(killed, SIGKILL) == 0)
            try await withDeadline(.seconds(30)) {
                while try server.postmaster() == killed { try await Task.sleep(for: .milliseconds(20)) }
                while (try? await client.query("select 1")) != "1" { try await Task.sleep(for: .milliseconds(20)) }
            }
            return try await client.query("select answer from t")
        }
        #expect(answer == "7")
    }

    @Test("a server that outlived its process is ended before the next start, and its data is there")
    func leftover() async throws {
        let directory = try TemporaryDirectory()
        let first = try await query("create table t as select 9 as answer", in: directory)
        let orphan = try await startOrphan(in: directory)
        let second = try await query("select answer from t", in: directory)
        #expect(second.answer == "9")
        #expect(second.address == first.address)
        #expect(ClusterProcesses.hasEnded(orphan))
    }

    /// A server as one is left behind when the process that ran it is killed: running, with nobody to stop it.
    private func startOrphan(in directory: TemporaryDirectory) async throws -> pid_t {
        let server = try await prepare(directory)
        try await server.startDetached()
        let pid = try #require(try server.postmaster())
        #expect(ClusterProcesses(server.directory).running().contains(pid))
        return pid
    }

    @Test("below a directory that the server's account cannot enter, the data is where it was asked for", .enabled(if: geteuid() == 0))
    func hidden() async throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory.path)
        let first = try await query("create table t as select count(*) as answer from generate_series(1, 1000) as s", in: directory)
        #expect(SystemCalls.exists(directory.path + "/a/docket/postgres/data/PG_VERSION"))
        // A server that outlived its process is found and ended there, too.
        let orphan = try await startOrphan(in: directory)
        let second = try await query("select answer from t", in: directory)
        #expect(second.answer == "1000")
        #expect(second.address == first.address)
        #expect(ClusterProcesses.hasEnded(orphan))
        let mode = try FileManager.default.attributesOfItem(atPath: directory.path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o700)
    }

    @Test("an interrupted initdb and a stale pid file do not stand in the way")
    func remains() async throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: directory.path + "/a/docket/postgres/data.new/base", withIntermediateDirectories: true)
        let server = try await prepare(directory)
        // The id of a living process that has nothing to do with the cluster.
        let pid = ProcessInfo.processInfo.processIdentifier
        let stale = "\(pid)\n\(server.directory.data)\n1\n\(server.address.port)\n\n127.0.0.1\n 1 1\nready   \n"
        try Data(stale.utf8).write(to: URL(fileURLWithPath: server.directory.pidFile))
        #expect(try await server.withServer { try await QueryProgram(server, $0).query("select 1") } == "1")
    }

    @Test("a start that cannot succeed says why, with the server's own words")
    func badSetting() async throws {
        let directory = try TemporaryDirectory()
        let configuration = EmbeddedPostgres.Configuration(directory: directory.path, settings: ["shared_buffers": "a lot"])
        let server = try await EmbeddedPostgres.prepare(configuration, logger: logger)
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await server.withServer { _ in } }
        #expect(error?.description.contains("shared_buffers") == true)
    }

    @Test("existing data without its password is refused, not made anew")
    func passwordLost() async throws {
        let directory = try TemporaryDirectory()
        _ = try await prepare(directory)
        try FileManager.default.removeItem(atPath: directory.path + "/a/docket/password")
        await #expect(throws: EmbeddedPostgresError.self) { _ = try await prepare(directory) }
        #expect(SystemCalls.exists(directory.path + "/a/docket/postgres/data/PG_VERSION"))
    }

    @Test("as a service it stops on a graceful shutdown")
    func service() async throws {
        let directory = try TemporaryDirectory()
        let server = try await prepare(directory)
        let group = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await withDeadline(.seconds(60)) {
                while (try? await QueryProgram(server, server.address).query("select 1")) != "1" {
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(ClusterProcesses(server.directory).running().isEmpty)
    }
}
