import Runtime

ProcessExit.end(await ServerProcess.dispatcher.run(Array(CommandLine.arguments.dropFirst())))
