import Glibc

/// The files of one private cluster.
///
/// ```
/// <root>/lock              held by the process that runs the cluster
/// <root>/password          the superuser's, made once; readable by the owner only
/// <root>/port              the last port used, so that URLs survive a restart
/// <root>/postgres/         belongs to the account that the server runs as
/// <root>/postgres/data     the server's data directory
/// <root>/postgres/log      what the server said since it was started
/// ```
///
/// Started by root, the server runs as another account. Where that cannot pass through a directory above, `/root` for example, root opens ``server`` for it,
/// and the server's programs name its files by that descriptor, which all its processes inherit: nothing has to lie elsewhere, or be opened to others.
struct ClusterDirectory: Sendable {
    let root: String
    let account: ServerAccount?
    /// Whether the account cannot come here by the path.
    var isHidden = false

    /// The descriptor that the server's programs inherit where the directory is hidden from them.
    static let descriptor = 9

    /// A path below ``server`` as the server's programs can name it.
    func serverPath(_ path: String) -> String {
        isHidden ? "/proc/self/fd/\(Self.descriptor)" + path.dropFirst(server.count) : path
    }

    /// Where the server's programs are started: PostgreSQL 15 goes back there by its path.
    func workingDirectory(_ path: String) -> String { isHidden ? "/" : path }

    var lock: String { root + "/lock" }
    var password: String { root + "/password" }
    var port: String { root + "/port" }
    var server: String { root + "/postgres" }
    var data: String { server + "/data" }
    /// Where `initdb` works; renamed to ``data`` when it is done, so that a half-made cluster is never taken for a whole one.
    var draft: String { server + "/data.new" }
    /// The password as `initdb` wants it, for as long as `initdb` runs.
    var passwordDraft: String { server + "/password.once" }
    var log: String { server + "/log" }
    var pidFile: String { data + "/postmaster.pid" }

    /// A name that marks the server's processes in the process list, different for each directory.
    var clusterName: String {
        // FNV-1a: stable from run to run, which Swift's own hashing is not.
        let hash = root.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "docket-" + String(hash, radix: 16)
    }

    /// Makes the directories that are missing.
    static func prepare(at path: String, account: ServerAccount?) throws(SystemError) -> ClusterDirectory {
        // The server needs no right in the root but to pass through it.
        let mode: mode_t = account == nil ? 0o700 : 0o711
        let absolute = absolutePath(path)
        try SystemCalls.makeDirectory(absolute, mode: mode)
        var directory = ClusterDirectory(root: try SystemCalls.realPath(absolute), account: account)
        if let account { directory.isHidden = !account.canReach(directory.root) }
        try SystemCalls.makeDirectory(directory.server, mode: 0o700)
        if let account {
            try SystemCalls.changeOwner(of: directory.server, to: account)
        }
        return directory
    }

    /// Where earlier versions kept a cluster that is hidden from the account; nil where they left none.
    var formerRoot: String? {
        let path = "/var/lib/docket/" + clusterName
        return isHidden && SystemCalls.exists(path + "/postgres/data") ? path : nil
    }

    private static func absolutePath(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let current = getcwd(nil, 0) else { return path }
        defer { free(current) }
        return String(cString: current) + "/" + path
    }

    /// The major version that the data was made with, or nil where there is no data yet.
    func dataVersion() throws(SystemError) -> Int? {
        guard let text = try SystemCalls.readFile(data + "/PG_VERSION", limit: 16) else { return nil }
        return Int(text.prefix { $0.isNumber })
    }

    /// The superuser's password: 256 random bits, made when the cluster is.
    func superuserPassword() throws -> String {
        if let known = try SystemCalls.readFile(password, limit: 256), known.utf8.count == 64 { return known }
        guard !SystemCalls.exists(data) else { throw EmbeddedPostgresError.passwordMissing(path: password) }
        var generator = SystemRandomNumberGenerator()
        let words = (0..<4).map { _ in String(generator.next() as UInt64, radix: 16) }
        let fresh = words.map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
        try SystemCalls.writeFile(password, fresh, mode: 0o600)
        return fresh
    }

    /// The port of the last run where it is still free, else another free one, which is then remembered.
    func choosePort() throws(SystemError) -> Int {
        if let known = try SystemCalls.readFile(port, limit: 16).flatMap({ UInt16($0) }), LoopbackPort.isFree(known) { return Int(known) }
        let fresh = try LoopbackPort.anyFree()
        try SystemCalls.writeFile(port, String(fresh), mode: 0o644)
        return Int(fresh)
    }

    /// The last lines of the server's log, for the message of a failed start.
    func logTail() -> String {
        guard let text = try? SystemCalls.readFile(log, limit: 1 << 20) else { return "no log" }
        let lines = text.split(separator: "\n").suffix(5)
        return String(lines.joined(separator: " | ").suffix(1_000))
    }
}
