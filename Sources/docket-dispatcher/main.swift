import Glibc
import Runtime

exit(await ServerProcess.dispatcher.run())
