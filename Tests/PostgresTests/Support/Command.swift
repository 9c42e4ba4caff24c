import Glibc

/// Runs programs that leave daemons behind; Foundation's `Process` would wait for those too.
enum Command {
    /// Runs a program of the PATH with its output thrown away, and waits for it. Throws when it fails.
    static func run(_ command: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in 0...2 {
            posix_spawn_file_actions_addopen(&actions, Int32(descriptor), "/dev/null", O_RDWR, 0)
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        defer { arguments.forEach { free($0) } }
        arguments.append(nil)
        var child = pid_t()
        var status: Int32 = 0
        guard posix_spawnp(&child, command[0], &actions, nil, arguments, environ) == 0, waitpid(child, &status, 0) == child, status == 0 else {
            throw SetupError(description: "\(command.joined(separator: " ")) failed (status \(status))")
        }
    }
}
