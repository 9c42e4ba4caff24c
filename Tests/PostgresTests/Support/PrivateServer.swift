import Foundation

@testable import Postgres

/// A PostgreSQL server of one test's own, to be stopped and started.
final class PrivateServer: Sendable {
    let configuration: PostgresConfiguration
    let port: UInt16
    /// The file of the server's certificate, once it was started with TLS.
    var certificate: String { directory + "/certificate.pem" }
    private let directory: String
    private let binaries: String

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

    /// Encrypted with a certificate of its own for 127.0.0.1, which is in `certificate`; listens there.
    func startWithTLS() throws {
        let request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=docket -addext subjectAltName=IP:127.0.0.1"
        try asServerUser(["openssl"] + request.split(separator: " ").map(String.init) + ["-keyout", directory + "/key.pem", "-out", certificate])
        try start("-c listen_addresses=127.0.0.1 -c ssl=on -c ssl_cert_file=\(certificate) -c ssl_key_file=\(directory)/key.pem")
    }

    func start(_ settings: String = "-c listen_addresses=") throws {
        let options = "-k \(directory) -p \(port) -c fsync=off \(settings)"
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
