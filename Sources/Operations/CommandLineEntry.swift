import ArgumentParser
import Glibc

/// Runs the command line and turns what comes of it into an exit status (contract.md, Errors).
public enum CommandLineEntry {
    /// - Parameter arguments: without the program's name.
    /// - Returns: 0; 2 and one sentence on stderr for bad usage, and for an examination that cannot begin; 1 and one sentence on stderr for a failed run.
    public static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try DocketCommand.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return EXIT_SUCCESS
        } catch {
            return report(error)
        }
    }

    private static func report(_ error: any Error) -> Int32 {
        switch DocketCommand.exitCode(for: error) {
        case .success:
            // Help, a version, a completion script: what was asked for.
            print(DocketCommand.fullMessage(for: error))
            return EXIT_SUCCESS
        case .validationFailure:
            complain(DocketCommand.message(for: error))
            return 2
        default:
            // An ExitCode has been explained by whoever threw it.
            if let status = error as? ExitCode { return status.rawValue }
            complain("\(error)")
            return (error as? CommandFailure)?.status ?? EXIT_FAILURE
        }
    }

    private static func complain(_ sentence: String) {
        let line = Array("docket: \(sentence.split(separator: "\n").joined(separator: " "))\n".utf8)
        write(STDERR_FILENO, line, line.count)
    }
}
