import Domain

/// For how long agents are asked to take tickets of one channel: `{"channel", "seconds"}`.
struct OfferChannelObject: RequestObject {
    static let channel = RequestField("channel", JSONType<Channel>.code, "The channel.")
    static let seconds = RequestField("seconds", .integer(TicketOffer.secondsRange), "For how long an agent is asked.")
    static let schema = JSONSchema.object("OfferChannel", [channel.required, seconds.required], isClosed: true)

    let channel: Channel
    let seconds: Int

    private init(channel: Channel, seconds: Int) {
        self.channel = channel
        self.seconds = seconds
    }

    init?(from reader: inout ObjectReader) {
        let channel = reader.required(Self.channel)
        let seconds = reader.required(Self.seconds)
        guard let channel, let seconds else { return nil }
        self.init(channel: channel, seconds: seconds)
    }

    static func list(of times: [Channel: Int]) -> [OfferChannelObject] {
        Channel.allCases.compactMap { channel in times[channel].map { OfferChannelObject(channel: channel, seconds: $0) } }
    }
}

extension OfferChannelObject: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("channel", channel.rawValue)
            writer.field("seconds", seconds)
        }
    }
}
