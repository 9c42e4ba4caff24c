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

    /// Opens its first argument for the rest, which it then becomes.
    private static let opener = "exec \(ClusterDirectory.descriptor)<\"$1\" && shift && exec \"$@\""

    init(_ program: String, _ arguments: [String], in directory: ClusterDirectory) throws(EmbeddedPostgresError) {
        guard let account = directory.account else {
            executable = .path(FilePath(program))
            self.arguments = Arguments(arguments)
            return
        }
        guard access(Self.accountChanger, X_OK) == 0 else { throw .accountChangerMissing(path: Self.accountChanger) }
        let changing = ["--reuid=\(account.userID)", "--regid=\(account.groupID)", "--clear-groups", "--", program] + arguments
        if directory.isHidden {
            executable = .path("/bin/sh")
            self.arguments = Arguments(["-c", Self.opener, "sh", directory.server, Self.accountChanger] + changing)
        } else {
            executable = .path(FilePath(Self.accountChanger))
            self.arguments = Arguments(changing)
        }
    }
}
