import Foundation

@testable import Postgres

/// A PostgreSQL server of one test's own, to be stopped and started.
final class PrivateServer: Sendable {
    let configuration: PostgresConfiguration
    private let directory: String
    private let binaries: String
    private let port: UInt16

    init() throws {
        binaries = try Self.run(["pg_config", "--bindir"]).trimmingCharacters(in: .whitespacesAndNewlines)
        directory = NSTemporaryDirectory() + "docket-pg-\(UInt64.random(in: 0...UInt64.max))"
        port = UInt16.random(in: 20000..<30000)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Self.run(["chmod", "777", directory])
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
        try Self.run(getuid() == 0 ? ["runuser", "-u", "postgres", "--"] + command : command)
    }

    @discardableResult
    private static func run(_ command: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        // The server inherits nothing that keeps a reader waiting for its end.
        process.standardOutput = command[0] == "pg_config" ? output : FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw SetupError(description: "\(command.joined(separator: " ")) ended with \(process.terminationStatus)")
        }
        return command[0] == "pg_config" ? String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) : ""
    }
}
