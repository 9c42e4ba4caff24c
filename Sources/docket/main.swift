import Operations
import Runtime

ProcessExit.end(await CommandLineEntry.run(Array(CommandLine.arguments.dropFirst())))
