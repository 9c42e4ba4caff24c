import Foundation
import TestSupport
import Testing

extension SystemTests {
    /// `docket dev` brings its own PostgreSQL, and takes it along.
    @Suite("Development shutdown")
    struct DevelopmentShutdownTests {
        @Test("However often it is told to end, its server ends with it", arguments: [1, 2])
        func noServerLeft(signals: Int) async throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "docket-dev-\(UUID().uuidString)").path(percentEncoded: false)
            let log = folder + ".log"
            defer {
                try? FileManager.default.removeItem(atPath: folder)
                try? FileManager.default.removeItem(atPath: log)
            }
            let program = try await ServerProgram.start(
                "docket",
                arguments: ["dev", "--data", folder, "--port", "0", "--admin-port", "0"],
                environment: ProcessInfo.processInfo.environment.filter { ["PATH", "DOCKET_SQL_DIRECTORY"].contains($0.key) },
                log: log
            )
            func says(_ text: String) throws -> Bool { try String(contentsOfFile: log, encoding: .utf8).contains(text) }
            guard try await eventually(within: .seconds(60), { try says(#""tenants":"#) }) else {
                Issue.record("not ready: \(try String(contentsOfFile: log, encoding: .utf8).suffix(600))")
                return try await program.destroy()
            }
            let postmaster = try #require(try Self.postmaster(of: folder))
            program.send(SIGTERM)
            if signals > 1, try await eventually(within: .seconds(10), { try says("draining") }) { program.send(SIGTERM) }
            let ending = try await program.ending()
            // It may be faster than the second signal.
            #expect(ending == .status(0) || (signals > 1 && ending == .status(143)))
            #expect(try await eventually(within: .seconds(10)) { Self.hasEnded(postmaster) })
        }

        /// The server's process, while it runs.
        private static func postmaster(of folder: String) throws -> String? {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").first { entry in
                guard Int(entry) != nil, let line = try? String(contentsOfFile: "/proc/\(entry)/cmdline", encoding: .utf8) else { return false }
                return line.contains("postgres\0-D\0") && line.contains(folder.split(separator: "/").last ?? "")
            }
        }

        /// Nobody may be there to collect its status.
        private static func hasEnded(_ pid: String) -> Bool {
            guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else { return true }
            return status.contains("State:\tZ")
        }
    }
}
