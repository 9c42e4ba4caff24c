import Runtime

ProcessExit.end(await ServerProcess.scheduler.run())
