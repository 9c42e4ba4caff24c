import Runtime

ProcessExit.end(await ServerProcess.dispatcher.run())
