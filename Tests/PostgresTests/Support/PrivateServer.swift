import Foundation

@testable import Postgres

/// A PostgreSQL server of one test's own, to be stopped and started.
final class PrivateServer: Sendable {
    let configuration: PostgresConfiguration
    private let directory: String
    private let binaries: String
    private let port: UInt16

    init() throws {
        directory = NSTemporaryDirectory() + "docket-pg-\(UInt64.random(in: 0...UInt64.max))"
        port = UInt16.random(in: 20000..<30000)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Command.run(["chmod", "777", directory])
        try Command.run(["sh", "-c", "pg_config --bindir > \(directory)/bindir"])
        binaries = try String(contentsOfFile: directory + "/bindir", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        configuration = PostgresConfiguration(hosts: [PostgresHost(name: directory, port: port)], user: "postgres", database: "postgres")
        try asServerUser([binaries + "/initdb", "-D", directory + "/data", "-U", "postgres", "-A", "trust", "--no-sync"])
    }

    deinit {
        try? stop()
        try? FileManager.default.removeItem(atPath: directory)
    }

    func start() throws {
        let options = "-k \(directory) -p \(port) -c listen_addresses= -c fsync=off"
        try asServerUser([binaries + "/pg_ctl", "-D", directory + "/data", "-w", "-s", "-l", directory + "/log", "-o", options, "start"])
    }

    /// Ends the server at once, as a crash would.
    func stop() throws {
        try asServerUser([binaries + "/pg_ctl", "-D", directory + "/data", "-w", "-s", "-m", "immediate", "stop"])
    }

    /// PostgreSQL refuses to run as root.
    private func asServerUser(_ command: [String]) throws {
        try Command.run(getuid() == 0 ? ["runuser", "-u", "postgres", "--"] + command : command)
    }
}
