/// A ticket's clocks.
struct TimerList: Decodable, Sendable {
    struct Timer: Decodable, Sendable {
        let state: String
    }

    let data: [Timer]
}
