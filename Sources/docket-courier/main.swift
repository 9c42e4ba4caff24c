import Glibc
import Runtime

exit(await ServerProcess.courier.run())
