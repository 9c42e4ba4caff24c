import Runtime

ProcessExit.end(await ServerProcess.api.run())
