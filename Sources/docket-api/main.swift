import Runtime

ProcessExit.end(await ServerProcess.api.run(Array(CommandLine.arguments.dropFirst())))
