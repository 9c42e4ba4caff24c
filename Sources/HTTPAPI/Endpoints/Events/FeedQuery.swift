import Crypto
import Domain

/// From where the change feed is read on, and how long to wait for news.
struct FeedQuery: QueryParameters {
    static let after = ParameterDescription(
        "after",
        .string(StringShape(maximumLength: 4_096)),
        "`next_cursor` of the answer before; the feed's beginning unless given. Good for 30 days."
    )
    static let wait = QueryField("wait", .integer(0...25), "Seconds to wait for an event where there is none; 0 unless given.")
    private static let defaultLimit = 100
    static let limit = ParameterDescription(
        "limit",
        .integer(in: 1...1_000_000),
        "Events per answer; more than \(PageRequest.maximumLimit) counts as \(PageRequest.maximumLimit). Default \(defaultLimit)."
    )
    static let parameters = [after, wait.parameter, limit]
    private static let retention: Int64 = 30 * 86_400 * 1_000_000

    let position: FeedPosition
    let wait: Duration
    let limit: Int
    private let scope: PagingScope

    init?(from reader: inout QueryReader) {
        position = reader.feedPosition()
        wait = .seconds(reader.value(Self.wait) ?? 0)
        limit = reader.limit(default: Self.defaultLimit)
        scope = reader.paging
    }

    /// The caller's text for a position: good for as long as the events are kept, in a request with any wait and limit.
    func token(for position: FeedPosition) throws -> String {
        let cursor = Cursor([
            .integer(position.transaction), .uuid(high: position.ticketID.high, low: position.ticketID.low), .integer(Int64(position.sequence)),
        ])
        return try scope.sealer.seal(cursor, tenant: scope.tenant, selection: scope.feedSelection, lifetimeMicroseconds: Self.retention)
    }
}

extension PagingScope {
    /// A feed has no filter: its positions are those of the operation.
    fileprivate var feedSelection: [UInt8] { Array(SHA256.hash(data: Array(operation.utf8))) }
}

extension QueryReader {
    fileprivate mutating func feedPosition() -> FeedPosition {
        guard let text = text(of: FeedQuery.after.name) else { return .start }
        do throws(Problem) {
            let cursor = try paging.sealer.open(text, tenant: paging.tenant, selection: paging.feedSelection, parameter: FeedQuery.after.name)
            if cursor.keys.count == 3, case .integer(let transaction) = cursor.keys[0], case .uuid(let high, let low) = cursor.keys[1],
                case .integer(let sequence) = cursor.keys[2]
            {
                return FeedPosition(transaction: transaction, ticketID: TicketID(high: high, low: low), sequence: Int(clamping: sequence))
            }
            refuse(FeedQuery.after.name, .invalid, "Is no position of the feed.")
        } catch {
            problem = error
        }
        return .start
    }
}
