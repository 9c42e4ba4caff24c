/// A stretch of the change feed.
struct FeedPage: Decodable, Sendable {
    struct Event: Decodable, Sendable {
        let ticket_id: String
        let type: String
        let at: String
    }

    let data: [Event]
    let next_cursor: String
    let has_more: Bool
}
