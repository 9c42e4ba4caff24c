import Glibc

/// The server processes of one cluster, found in the process list.
///
/// A server that outlived its Docket (which was killed) still owns the data; starting a second one beside it, or removing its
/// `postmaster.pid`, would destroy the data. The postmaster is known by its `-D` argument, or by the cluster's name where that names a descriptor of its own; its
/// children by the name.
struct ClusterProcesses: Sendable {
    let dataDirectory: String
    let clusterName: String

    /// The ids of all of them: the postmaster, and its children, which live on for a moment when it is killed.
    func running() -> [pid_t] {
        guard let stream = opendir("/proc") else { return [] }
        defer { closedir(stream) }
        var found: [pid_t] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if let pid = pid_t(name), belongs(pid) { found.append(pid) }
        }
        return found
    }

    private func belongs(_ pid: pid_t) -> Bool {
        // A process may end between the listing and the reading.
        guard let line = try? SystemCalls.readFile("/proc/\(pid)/cmdline", limit: 8_192) else { return false }
        if line.hasPrefix("postgres: \(clusterName): ") { return true }
        let words = line.split(separator: "\0")
        guard words.first?.hasSuffix("/postgres") == true else { return false }
        if words.contains("cluster_name=\(clusterName)") { return true }
        guard let flag = words.firstIndex(of: "-D"), flag + 1 < words.count else { return false }
        return words[flag + 1] == dataDirectory
    }

    /// Ends whatever runs, gently first: fast shutdown, immediate shutdown, kill.
    ///
    /// - Parameter patience: how long each way may take.
    func end(patience: Duration) async throws {
        for signal in [SIGINT, SIGQUIT, SIGKILL] {
            for pid in running() {
                kill(pid, signal)
            }
            let deadline = ContinuousClock.now.advanced(by: patience)
            while !running().isEmpty {
                guard ContinuousClock.now < deadline else { break }
                try await Task.sleep(for: .milliseconds(20))
            }
            if running().isEmpty { return }
        }
        throw EmbeddedPostgresError.leftoverProcesses(count: running().count)
    }

    /// Whether a process has ended, be it that nobody has collected its status yet.
    static func hasEnded(_ pid: pid_t) -> Bool {
        guard let text = try? SystemCalls.readFile("/proc/\(pid)/stat", limit: 1_024) else { return true }
        // The state follows the program's name, which is in parentheses and may itself contain any character.
        guard let end = text.lastIndex(of: ")") else { return true }
        return text[end...].dropFirst(2).first == "Z"
    }
}
