import Glibc
import Runtime

exit(await ServerProcess.scheduler.run())
