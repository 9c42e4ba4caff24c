/// How a queue asks agents before they get its tickets (routing.md G).
public struct QueueOffers: Hashable, Sendable {
    /// What becomes of a ticket that nobody took in all rounds.
    public enum NoTaker: String, CaseIterable, Hashable, Sendable, Codable {
        /// It is assigned without asking.
        case assign
        /// It waits for somebody to claim it.
        case wait
    }

    /// For how long an agent may think about it, at most ``liveSeconds`` where somebody waits at the other end; nil asks on the channels of ``channelSeconds`` only.
    public var seconds: Int?
    /// For how long on single channels, however long elsewhere.
    public var channelSeconds: [Channel: Int]
    public var noTaker: NoTaker

    /// What is long enough for somebody who is on the line (routing.md G).
    public static let liveSeconds = 120

    public init(seconds: Int?, channelSeconds: [Channel: Int] = [:], noTaker: NoTaker = .assign) {
        self.seconds = seconds
        self.channelSeconds = channelSeconds
        self.noTaker = noTaker
    }

    /// Whether anybody is asked at all.
    public var asks: Bool { seconds != nil || !channelSeconds.isEmpty }

    /// For how long an agent is asked before a ticket of a channel is his; nil where he gets it at once.
    public func seconds(on channel: Channel) -> Int? {
        channelSeconds[channel] ?? seconds.map { channel.isLive ? min($0, Self.liveSeconds) : $0 }
    }

    /// Until when an agent is asked to take a ticket; nil where he gets it at once: nobody is asked on its channel, or nobody took it in all rounds (routing.md G).
    public func end(for ticket: RoutingTicket, at now: Timestamp) -> Timestamp? {
        guard !ticket.wasAskedInVain, let seconds = seconds(on: ticket.channel) else { return nil }
        return now.adding(microseconds: Int64(seconds) * 1_000_000)
    }
}
