import Glibc
import Subprocess
import SystemPackage

/// One of the server's programs, run as the account that owns the cluster.
///
/// Another account is taken on by `setpriv` (util-linux), which executes the program in its own place and so keeps the process id. A child that
/// changes its account itself does so between fork and exec, where glibc's `setgroups` waits for ever on a lock that another thread
/// held at the moment of the fork.
struct ServerCommand {
    let executable: Executable
    let arguments: Arguments

    private static let accountChanger = "/usr/bin/setpriv"

    init(_ program: String, _ arguments: [String], as account: ServerAccount?) throws(EmbeddedPostgresError) {
        guard let account else {
            executable = .path(FilePath(program))
            self.arguments = Arguments(arguments)
            return
        }
        guard access(Self.accountChanger, X_OK) == 0 else { throw .accountChangerMissing(path: Self.accountChanger) }
        executable = .path(FilePath(Self.accountChanger))
        self.arguments = Arguments(
            ["--reuid=\(account.userID)", "--regid=\(account.groupID)", "--clear-groups", "--", program] + arguments
        )
    }
}
