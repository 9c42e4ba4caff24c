import ArgumentParser
import Deployment
import Glibc
import Postgres
import Runtime
import Store

/// Runs the command line and turns what comes of it into an exit status (contract.md, Errors).
public enum CommandLineEntry {
    /// - Parameter arguments: without the program's name.
    /// - Returns: 0; 2 and one sentence on stderr for bad usage; 1 and one sentence on stderr for a failed run; `ProcessExit.readerGone` in silence where nobody
    ///   reads any further.
    public static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try DocketCommand.parseAsRoot(arguments)
            try requireSubcommand(of: type(of: command))
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

    /// A group of commands does nothing by itself.
    private static func requireSubcommand(of command: any ParsableCommand.Type) throws {
        let names = command.configuration.subcommands.map { $0._commandName }
        guard !names.isEmpty else { return }
        throw CommandFailure("name a command, one of: \(names.joined(separator: ", "))", status: 2)
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
            // Whoever reads no further wants to hear of nothing.
            if let failure = error as? LineIOError, failure.isReaderGone { return ProcessExit.readerGone }
            // An ExitCode has been explained by whoever threw it.
            if let status = error as? ExitCode { return status.rawValue }
            complain(sentence(of: error))
            return status(of: error)
        }
    }

    /// What went wrong, without the names that errors have in the code.
    static func sentence(of error: any Error) -> String {
        switch error {
        case let error as PostgresError where error.lacksSchema: MissingSchema.sentence
        case let error as PostgresError: error.sqlState.map { "\(error.message) (\($0))" } ?? error.message
        case StoreError.unexpected(let cause) where cause.lacksSchema: MissingSchema.sentence
        case let error as StoreError: "the database cannot answer: \(error.reason)"
        default: "\(error)"
        }
    }

    /// 2 for what is wrong with the flags and the configuration, 1 for a run that failed.
    private static func status(of error: any Error) -> Int32 {
        switch error {
        case let failure as CommandFailure: failure.status
        case is ConfigurationError, is ConfigurationProblem: 2
        case let error as SchemaError where error.isOfSettings: 2
        case let error as PostgresError where error.kind == .configuration: 2
        default: EXIT_FAILURE
        }
    }

    /// One sentence on stderr.
    static func complain(_ sentence: String) {
        let line = Array("docket: \(sentence.split { $0.isNewline || $0 == "\t" }.joined(separator: " "))\n".utf8)
        write(STDERR_FILENO, line, line.count)
    }
}
