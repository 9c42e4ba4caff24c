import Glibc
import Operations

exit(await CommandLineEntry.run(Array(CommandLine.arguments.dropFirst())))
