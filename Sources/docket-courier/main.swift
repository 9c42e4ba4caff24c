import Runtime

ProcessExit.end(await ServerProcess.courier.run(Array(CommandLine.arguments.dropFirst())))
