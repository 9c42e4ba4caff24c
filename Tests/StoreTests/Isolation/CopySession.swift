import CLibPQ
import TestSupport

@testable import Postgres

/// One connection of a role that runs statements as they come, COPY among them; blocking.
struct CopySession {
    enum Answer: Equatable {
        /// What `COPY … TO STDOUT` wrote, and what a query answered, line by line.
        case lines([String])
        /// It was refused, with this SQLSTATE.
        case refused(String)
    }

    private let handle: ConnectionHandle

    init(role: String, on database: TestDatabase) throws {
        handle = try Connector(configuration: try database.configuration(role: role), logger: TestServer.logger, setsTimeouts: false).connect()
    }

    /// - Returns: what the last of the statements answered.
    func run(_ statements: String) -> Answer {
        var answer = Answer.lines([])
        guard PQsendQuery(handle.pointer, statements) == 1 else { return .refused(handle.errorMessage) }
        while let result = PQgetResult(handle.pointer) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COPY_OUT:
                answer = .lines(copied())
                // The one that ends a COPY says nothing more.
                while let end = PQgetResult(handle.pointer) { PQclear(end) }
                return answer
            case PGRES_COPY_IN:
                PQputCopyEnd(handle.pointer, nil)
                answer = .lines(["takes rows"])
            case PGRES_FATAL_ERROR:
                answer = .refused(PQresultErrorField(result, CInt(UInt8(ascii: "C"))).map { String(cString: $0) } ?? "")
            default: break
            }
        }
        return answer
    }

    private func copied() -> [String] {
        var lines: [String] = []
        var buffer: UnsafeMutablePointer<CChar>?
        while case let length = PQgetCopyData(handle.pointer, &buffer, 0), length >= 0, let bytes = buffer {
            lines.append(String(decoding: UnsafeRawBufferPointer(start: bytes, count: Int(length)), as: UTF8.self))
            PQfreemem(bytes)
            buffer = nil
        }
        return lines
    }
}
