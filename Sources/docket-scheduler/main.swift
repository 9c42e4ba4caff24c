import Runtime

ProcessExit.end(await ServerProcess.scheduler.run(Array(CommandLine.arguments.dropFirst())))
