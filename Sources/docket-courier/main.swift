import Runtime

ProcessExit.end(await ServerProcess.courier.run())
