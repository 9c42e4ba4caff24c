import Glibc
import Runtime

exit(await ServerProcess.api.run())
