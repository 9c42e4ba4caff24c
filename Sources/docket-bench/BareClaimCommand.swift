import ArgumentParser
import CLibPQ
import Glibc

/// `docket-bench claim`: the least that anybody can do who takes up work on a wake-up: LISTEN, and one UPDATE with SKIP LOCKED for each row.
///
/// Plain blocking libpq on one connection: the floor of the wake-up benchmark.
struct BareClaimCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract: "Listens on channel bench_job and claims rows of table bench_job until the time is over; prints ready, then how many."
    )

    @Option(help: "The database's URL.")
    var url: String

    @Option(help: "How many seconds.")
    var seconds = 10.0

    static let claim = """
        UPDATE bench_job SET claimed = pg_current_xact_id() WHERE id = (
            SELECT id FROM bench_job WHERE claimed IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        """

    func run() throws {
        let connection = PQconnectdb(url)
        defer { PQfinish(connection) }
        try check(PQexec(connection, "LISTEN bench_job"), connection, PGRES_COMMAND_OK)
        try check(PQprepare(connection, "claim", Self.claim, 0, nil), connection, PGRES_COMMAND_OK)
        print("ready")
        fflush(nil)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var claimed = 0
        while clock.now < end {
            var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
            _ = poll(&descriptor, 1, 100)
            PQconsumeInput(connection)
            while let notification = PQnotifies(connection) { PQfreemem(notification) }
            while try claimOne(connection) { claimed += 1 }
        }
        print(claimed)
    }

    private func claimOne(_ connection: OpaquePointer?) throws -> Bool {
        let result = PQexecPrepared(connection, "claim", 0, nil, nil, nil, 0)
        let isOne = String(cString: PQcmdTuples(result)) == "1"
        try check(result, connection, PGRES_COMMAND_OK)
        return isOne
    }

    private func check(_ result: OpaquePointer?, _ connection: OpaquePointer?, _ expected: ExecStatusType) throws {
        defer { PQclear(result) }
        guard PQresultStatus(result) == expected else { throw ValidationError(String(cString: PQerrorMessage(connection))) }
    }
}
