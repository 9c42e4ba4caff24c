import Glibc

/// The account that the server's processes run as.
struct ServerAccount: Sendable, Equatable {
    let userID: uid_t
    let groupID: gid_t

    /// The account to change to, or nil where this process is not root and its own account will do: PostgreSQL refuses to run as root.
    static func unprivileged() throws(EmbeddedPostgresError) -> ServerAccount? {
        guard geteuid() == 0 else { return nil }
        guard let account = named("postgres") ?? named("nobody") else { throw .noUnprivilegedAccount }
        return account
    }

    private static func named(_ name: String) -> ServerAccount? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil, entry.pw_uid != 0 else { return nil }
        return ServerAccount(userID: entry.pw_uid, groupID: entry.pw_gid)
    }

    /// Whether this account can pass through every directory above and including `path`, going by owner and mode.
    func canReach(_ path: String) -> Bool {
        var directory = ""
        for component in [""] + path.split(separator: "/").map(String.init) {
            directory += component.isEmpty ? "/" : (directory.hasSuffix("/") ? component : "/" + component)
            var status = stat()
            // What does not exist yet will be made with a mode that lets the account through.
            guard stat(directory, &status) == 0 else { return errno == ENOENT }
            let needed: mode_t =
                if status.st_uid == userID { S_IXUSR } else if status.st_gid == groupID { S_IXGRP } else { S_IXOTH }
            guard status.st_mode & needed != 0 else { return false }
        }
        return true
    }
}
